# Gradient descent with nothing but lists and numbers.
x_data = [1.0, 2.0, 3.0]
y_data = [2.0, 4.0, 6.0]
w = 1.0


def forward(x):
    return x * w


def loss(x, y):
    y_pred = forward(x)
    return (y_pred - y) * (y_pred - y)


def gradient(x, y):
    return 2 * x * (x * w - y)


print("predict (before training)", 4, forward(4))
for epoch in range(10):
    for x_val, y_val in zip(x_data, y_data):
        grad = gradient(x_val, y_val)
        w = w - 0.01 * grad
        if epoch == 0:
            print("\tgrad: ", x_val, y_val, round(grad, 2))
        l = loss(x_val, y_val)
    print("progress:", epoch, "w=", round(w, 2), "loss=", round(l, 2))
print("predict (after training)", "4 hours", "%.3f" % forward(4))

w_list = []
mse_list = []
w_value = 0.0
while w_value <= 4.0:
    l_sum = 0
    for x_val, y_val in zip(x_data, y_data):
        l_sum += (x_val * w_value - y_val) ** 2
    w_list.append(w_value)
    mse_list.append(l_sum / 3)
    w_value += 0.5
for a, b in zip(w_list, mse_list):
    print("w={:.1f} mse={:.3f}".format(a, b))
print("best", min(zip(mse_list, w_list))[1])


def minimise(f, df, x, lr=0.1, tolerance=1e-6):
    for step in range(1000):
        new = x - lr * df(x)
        if abs(new - x) < tolerance:
            return new, step
        x = new
    return x, step


print(["%.4f %d" % minimise(lambda x: (x - 3) ** 2, lambda x: 2 * (x - 3), start) for start in (-5.0, 0.0, 10.0)])
