# A loop over pairs that are no pairs.
data = [(1, "a"), (2, "b"), (3, "c", "extra")]
for number, letter in data:
    print(number, letter)
