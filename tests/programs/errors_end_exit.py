# Leaves early, with a message.
import sys

for epoch in range(5):
    print("epoch", epoch)
    if epoch == 2:
        sys.exit("stopped: the loss is no number")
