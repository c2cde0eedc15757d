# A block is missing: nothing of it runs.
print("not printed")
def f(x):
return x
