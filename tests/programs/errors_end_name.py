# Ends in a name that was never given.
def train(epochs):
    for epoch in range(epochs):
        print("epoch", epoch)
        if epoch == 1:
            optimizer.step()


train(3)
