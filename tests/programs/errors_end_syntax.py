# Is no Python: nothing of it runs.
print("not printed")
for i in range(3)
    print(i)
