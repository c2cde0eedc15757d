# Ends in a key that is not there.
config = {"lr": 0.1, "epochs": 3}
print(config["lr"])
for option in ["epochs", "batch_size"]:
    print(option, config[option])
