# An average of nothing, in a method, in a comprehension.
class Meter:
    def __init__(self, values):
        self.values = values

    @property
    def mean(self):
        return sum(self.values) / len(self.values)


meters = [Meter([1, 2]), Meter([3]), Meter([])]
print(meters[0].mean, meters[1].mean)
print([m.mean for m in meters])
