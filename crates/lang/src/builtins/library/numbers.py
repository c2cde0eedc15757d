# The abstract classes of numbers.


class Number:
    pass


class Complex(Number):
    pass


class Real(Complex):
    pass


class Integral(Real):
    pass
