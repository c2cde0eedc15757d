# Linear classifiers in NumPy: an SVM loss with loops and without, gradient checks, a class that trains.
import numpy as np


def hinge_with_loops(W, X, y, reg):
    dW = np.zeros(W.shape)
    classes, count, loss = W.shape[1], X.shape[0], 0.0
    for i in range(count):
        scores = X[i].dot(W)
        right_score = scores[y[i]]
        for j in range(classes):
            if j == y[i]:
                continue
            margin = scores[j] - right_score + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / count + reg * np.sum(W * W), dW / count + 2 * reg * W


def hinge(W, X, y, reg):
    scores = X.dot(W)
    margins = np.maximum(0, scores - scores[np.arange(len(y)), y][:, np.newaxis] + 1)
    margins[np.arange(len(y)), y] = 0
    mask = (margins > 0).astype(float)
    mask[np.arange(len(y)), y] = -mask.sum(axis=1)
    return margins.sum() / len(y) + reg * np.sum(W ** 2), X.T.dot(mask) / len(y) + 2 * reg * W


def grad_check(f, x, analytic, checks=4, h=1e-5):
    for _ in range(checks):
        ix = tuple(np.random.randint(m) for m in x.shape)
        old = x[ix]
        x[ix] = old + h
        plus = f(x)
        x[ix] = old - h
        minus = f(x)
        x[ix] = old
        numeric = (plus - minus) / (2 * h)
        error = abs(numeric - analytic[ix]) / (abs(numeric) + abs(analytic[ix]) + 1e-12)
        print("measured %.4f derived %.4f agree: %s" % (numeric, analytic[ix], error < 1e-5))


class LinearClassifier(object):
    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-1, reg=1e-3, steps=100, batch_size=32):
        count, dim = X.shape
        if self.W is None:
            self.W = 0.001 * np.random.randn(dim, np.max(y) + 1)
        losses = []
        for it in range(steps):
            indices = np.random.choice(count, batch_size)
            loss, grad = self.loss(X[indices], y[indices], reg)
            losses.append(loss)
            self.W -= learning_rate * grad
        return losses

    def predict(self, X):
        return np.argmax(X.dot(self.W), axis=1)

    def loss(self, Xb, yb, reg):
        pass


class LinearSVM(LinearClassifier):
    def loss(self, Xb, yb, reg):
        return hinge(self.W, Xb, yb, reg)


np.random.seed(0)
centres = np.array([[2, 0, 0], [-2, 1, 0], [0, -2, 1]])
y = np.random.randint(0, 3, 120)
X = np.hstack([centres[y] + np.random.randn(120, 3), np.ones((120, 1))])
W = np.random.randn(4, 3) * 0.1
loss, grad = hinge_with_loops(W, X, y, 0.01)
loss2, grad2 = hinge(W, X, y, 0.01)
print("loss: %f" % loss, np.isclose(loss, loss2), np.linalg.norm(grad - grad2) < 1e-12)
grad_check(lambda w: hinge_with_loops(w, X, y, 0.01)[0], W, grad)
svm = LinearSVM()
history = svm.train(X[:90], y[:90])
print("loss from %.3f to below 1: %s" % (history[0], history[-1] < 1))
print("validation %.3f" % np.mean(svm.predict(X[90:]) == y[90:]))
dists = np.sqrt(((X[90:, None] - X[None, :90]) ** 2).sum(axis=2))
two = np.sqrt(np.sum(X[90:] ** 2, axis=1, keepdims=True) + np.sum(X[:90] ** 2, axis=1) - 2 * X[90:].dot(X[:90].T))
print(dists.shape, np.allclose(dists, two))
for k in [1, 5, 9]:
    votes = y[:90][np.argsort(dists, axis=1)[:, :k]]
    pred = np.array([np.argmax(np.bincount(v)) for v in votes])
    print("%d neighbours: %.3f right" % (k, np.mean(pred == y[90:])))
