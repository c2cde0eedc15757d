# A slip of the pen, which Python notices.
learning_rate = 0.1
momentum = 0.9
print("rate", learning_rate)
print("next", learning_rte * momentum)
