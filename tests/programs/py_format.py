# f-strings, str.format and % with all that programs put behind the colon.
x, n, name = 3.14159265, 1234567, "loss"
print(f"{x:.2f} {x:8.3f}| {x:<8.3f}| {x:^10.2f}| {x:+.1f} {x:08.3f} {-x:.0f} {x:e} {x:.2e} {x:g} {x:10.4g}|")
print(f"{n} {n:,} {n:_} {n:10d}| {n:<10}| {n:^11}| {n:+d} {n:x} {n:X} {n:o} {n:b} {n:.1e} {n:g} {n:015,}")
print(f"{name} {name!r} {name:>8}| {name:<8}| {name:^8}| {name:*^10} {name:.2} {name:-<6} {name.upper()}")
print(f"{0.5:%} {0.1234:.1%} {1e10:g} {1e-10:g} {1e5:g} {123456789.0:g} {0.0001:g} {0.00001:g} {100000:g} {1.0:g}")
print(f"{True} {True:d} {None} {[1, 2]} {(1,)} {{'a'}} {{}} {1 + 1} {'nested ' + str(f'{n:,}')} {n if n > 0 else -n}")
width, digits = 12, 3
print(f"{x:{width}.{digits}f}| {name:>{width}}| {x!r:>15}| {'a' 'b'} {n=} {x=:.2f} {name = }")
print(f"{float('nan')} {float('inf'):.2f} {float('-inf')} {float('nan'):8.2f}| {-0.0} {0.0:+} {-0.0:.1f}")
print(f"{2.5:.0f} {3.5:.0f} {0.125:.2f} {0.375:.2f} {1.005:.2f} {2.675:.2f} {1e16:.1f} {1e22} {12345.678:,.2f}")
print(f"{5:3}|{5:<3}|{5:03}|{-5:03}|{5:^3}|{5.0:6}|{5.0:<6}|{255:#x}|{255:#b}|{65:c}|{5: d}|{1.5: .2f}")
print("{} {} {}".format(1, "a", 2.5), "{0} {1} {0}".format("x", "y"), "{name}: {value:.3f}".format(name="w", value=x))
print("{:>6}|{:<6}|{:^6}".format("r", "l", "c"), "{:5.1f}%".format(99.54), "{0[1]} {1[k]}".format([1, 2], {"k": 3}))
print("{:d} {:4d} {:.4f} {:,}".format(7, 42, 1 / 3, 10 ** 9), "{{}}".format(), "{!r} {!s}".format("a", "a"))
print("%d %5d|%-5d|%05d %+d %i %s %r %x" % (7, 42, 42, 42, 42, 9.7, "s", "r", 255))
print("%f %.3f %8.2f|%-8.2f|%e %.1e %g %g %g" % (x, x, x, x, x, x, x, 1e-7, 1e20))
print("%s %s %s" % (1.0, [1, "a"], None), "%5s|%-5s|%.2s" % ("ab", "ab", "abcdef"), "%c%c" % ("a", 98), "100%%" % ())
print("%(epoch)d: %(loss).4f" % {"epoch": 3, "loss": 0.12345}, "%*d" % (6, 42), "one %s" % "argument", "%s" % (("t",),))
print("Epoch [{}/{}], Step [{}/{}], Loss: {:.4f}".format(1, 5, 100, 600, 0.45678))
print("epoch: %d, loss: %1.5f" % (2, 0.1), "| end of epoch {:3d} | time: {:5.2f}s |".format(1, 2.345))
print(format(x, ".3f"), format(n, ","), format("s", ">4"), str(x)[:6], round(x, 3), round(x), round(2.5))
print(round(-1.5), round(1234, -2))
for bad in [
    lambda: "%d" % "x", lambda: "%d %d" % (1,), lambda: "{} {}".format(1), lambda: f"{'s':d}",
    lambda: "%s" % (1, 2), lambda: "{a}".format(b=1),
]:
    try:
        print(bad())
    except (TypeError, ValueError, IndexError, KeyError) as e:
        print(type(e).__name__ + ":", e)
