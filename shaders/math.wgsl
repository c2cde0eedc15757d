// Functions of real numbers to nearly full float32 precision, the same in every browser: WGSL lets its own be
// off by many units in the last place and says nothing of NaN, infinity and overflow.

const LOG2_E = 1.4426950408889634;
// ln 2 in two parts: the first has 15 bits, so that its product with an exponent is exact.
const LN2_HIGH = 0.693145751953125;
const LN2_LOW = 1.428606820309417e-6;

fn neg_of(v: f32) -> f32 { return from_bits(bitcast<u32>(v) ^ 0x80000000u); }
fn abs_of(v: f32) -> f32 { return from_bits(bitcast<u32>(v) & 0x7fffffffu); }

// NaN has the sign 0, as in PyTorch.
fn sign_of(v: f32) -> f32 {
    let bits = bitcast<u32>(v);
    if is_nan(v) || (bits & 0x7fffffffu) == 0u { return 0.0; }
    return from_bits((bits & 0x80000000u) | 0x3f800000u);
}

// By its bits: what is negative and not NaN becomes 0.
fn relu_of(v: f32) -> f32 {
    let bits = bitcast<u32>(v);
    return from_bits(select(bits, 0u, bits > 0x7fffffffu && bits <= 0xff800000u));
}

// 2ⁿ for -126 <= n <= 127.
fn power_of_two(n: i32) -> f32 { return bitcast<f32>(u32(n + 127) << 23u); }

// eˣ = 2ᵏ · eʳ with |r| <= ln 2 / 2, where Taylor's series needs eight terms.
fn exp_of(v: f32) -> f32 {
    if is_nan(v) { return v; }
    if v > 88.72284 { return infinity(); }
    if v < -104.0 { return 0.0; }
    let k = floor(v * LOG2_E + 0.5);
    let r = (v - k * LN2_HIGH) - k * LN2_LOW;
    var tail = 1.0 / 5040.0;
    tail = tail * r + 1.0 / 720.0;
    tail = tail * r + 1.0 / 120.0;
    tail = tail * r + 1.0 / 24.0;
    tail = tail * r + 1.0 / 6.0;
    tail = tail * r + 0.5;
    let e = tail * (r * r) + r + 1.0;
    // In two steps, because 2ᵏ alone may overflow.
    let half = i32(k) / 2;
    return e * power_of_two(half) * power_of_two(i32(k) - half);
}

// ln x = e · ln 2 + ln m with √½ <= m < √2, and ln m = 2 artanh((m - 1) / (m + 1)) as a series.
fn log_of(v: f32) -> f32 {
    let bits = bitcast<u32>(v);
    if is_nan(v) { return v; }
    if (bits & 0x7fffffffu) == 0u { return minus_infinity(); }
    if bits >= 0x80000000u { return nan(); }
    if is_infinite(v) { return v; }
    // Numbers too small for a full mantissa are scaled up first.
    let tiny = bits < 0x00800000u;
    let scaled = select(bits, bitcast<u32>(v * 8388608.0), tiny);
    // 0x3f3504f3 is √½: the exponent counts from there.
    let shifted = i32(scaled - 0x3f3504f3u) >> 23u;
    let m = bitcast<f32>(scaled - (bitcast<u32>(shifted) << 23u));
    let e = f32(shifted - select(0, 23, tiny));
    let s = (m - 1.0) / (m + 1.0);
    let s2 = s * s;
    var tail = 2.0 / 9.0;
    tail = tail * s2 + 2.0 / 7.0;
    tail = tail * s2 + 2.0 / 5.0;
    tail = tail * s2 + 2.0 / 3.0;
    return e * LN2_HIGH + (2.0 * s + (s * s2 * tail + e * LN2_LOW));
}

fn sqrt_of(v: f32) -> f32 {
    if is_nan(v) || (bitcast<u32>(v) & 0x7fffffffu) == 0u { return v; }
    if v < 0.0 { return nan(); }
    if is_infinite(v) { return v; }
    return sqrt(v);
}

// sin(v + quarter · π/2). π/2 is subtracted in three parts whose products with k are exact while k has 15 bits,
// so this is good for |v| < 50,000 and loses a digit with every power of ten beyond.
fn sine(v: f32, quarter: i32) -> f32 {
    if is_nan(v) || is_infinite(v) { return nan(); }
    let k = floor(v * 0.6366197723675814 + 0.5);
    let r = ((v - k * 1.5703125) - k * 4.8351287841796875e-4) - k * 3.139164786504813e-7;
    let r2 = r * r;
    let turn = i32(k) + quarter;
    var value: f32;
    if (turn & 1) == 0 {
        var tail = 1.0 / 362880.0;
        tail = tail * r2 - 1.0 / 5040.0;
        tail = tail * r2 + 1.0 / 120.0;
        tail = tail * r2 - 1.0 / 6.0;
        value = r + r * r2 * tail;
    } else {
        var tail = -1.0 / 3628800.0;
        tail = tail * r2 + 1.0 / 40320.0;
        tail = tail * r2 - 1.0 / 720.0;
        tail = tail * r2 + 1.0 / 24.0;
        value = 1.0 - 0.5 * r2 + r2 * r2 * tail;
    }
    return select(value, -value, (turn & 2) != 0);
}

fn sin_of(v: f32) -> f32 { return sine(v, 0); }
fn cos_of(v: f32) -> f32 { return sine(v, 1); }

// Near 0 a continued fraction (Lambert's, cut after five terms), elsewhere 1 - 2 / (e²ˣ + 1).
fn tanh_of(v: f32) -> f32 {
    if is_nan(v) { return v; }
    let a = abs(v);
    if a < 0.6 {
        let a2 = a * a;
        return v * (945.0 + a2 * (105.0 + a2)) / (945.0 + a2 * (420.0 + 15.0 * a2));
    }
    let value = select(1.0 - 2.0 / (exp_of(2.0 * min(a, 20.0)) + 1.0), 1.0, a > 10.0);
    return select(value, -value, v < 0.0);
}

// 1 / (1 + e⁻ˣ), without overflow on either side.
fn sigmoid_of(v: f32) -> f32 {
    if is_nan(v) { return v; }
    let e = exp_of(-abs(v));
    return select(1.0, e, v < 0.0) / (1.0 + e);
}

fn divide(a: f32, b: f32) -> f32 {
    if is_nan(a) || is_nan(b) { return nan(); }
    let sign = (bitcast<u32>(a) ^ bitcast<u32>(b)) & 0x80000000u;
    let zero = (bitcast<u32>(b) & 0x7fffffffu) == 0u;
    if zero || is_infinite(a) {
        let undefined = select(is_infinite(b), (bitcast<u32>(a) & 0x7fffffffu) == 0u, zero);
        return select(from_bits(sign | 0x7f800000u), nan(), undefined);
    }
    if is_infinite(b) { return from_bits(sign); }
    // A divisor so large that its reciprocal would vanish is halved a few times first, and the quotient too.
    let large = abs(b) > 1.0e37;
    let quotient = a / select(b, b * 0.0009765625, large);
    return select(quotient, quotient * 0.0009765625, large);
}

// aᵇ. Small whole exponents are multiplied out, so that squares of whole numbers are exact.
fn power(a: f32, b: f32) -> f32 {
    if (b == 0.0 && !is_nan(b)) || (a == 1.0 && !is_nan(a)) { return 1.0; }
    if is_nan(a) || is_nan(b) { return nan(); }
    let whole = is_infinite(b) || floor(b) == b;
    let odd = whole && abs(b) < 16777216.0 && (u32(abs(b)) & 1u) == 1u;
    if whole && abs(b) <= 64.0 {
        var value = 1.0;
        var base = a;
        for (var n = u32(abs(b)); n > 0u; n >>= 1u) {
            if (n & 1u) == 1u { value *= base; }
            if n > 1u { base *= base; }
        }
        if b > 0.0 { return value; }
        return divide(1.0, value);
    }
    if a == -1.0 && whole { return select(1.0, -1.0, odd); }
    if b == 0.5 && a >= 0.0 { return sqrt_of(a); }
    if a < 0.0 && !whole && !is_infinite(a) { return nan(); }
    let exponent = b * log_of(abs(a));
    let value = exp_of(exponent);
    return select(value, -value, a < 0.0 && odd);
}

// Near 0 the series of log_of, with s from v itself, because 1 + v would lose its digits.
fn log1p_of(v: f32) -> f32 {
    if is_nan(v) || v < -0.29 || v > 0.41 { return log_of(1.0 + v); }
    if abs(v) < 1.0e-8 { return v; }
    let s = v / (2.0 + v);
    let s2 = s * s;
    var tail = 2.0 / 9.0;
    tail = tail * s2 + 2.0 / 7.0;
    tail = tail * s2 + 2.0 / 5.0;
    tail = tail * s2 + 2.0 / 3.0;
    return 2.0 * s + s * s2 * tail;
}

// Near 0 Taylor's series without its 1.
fn expm1_of(v: f32) -> f32 {
    if is_nan(v) || abs(v) > 0.5 { return exp_of(v) - 1.0; }
    var tail = 1.0 / 40320.0;
    tail = tail * v + 1.0 / 5040.0;
    tail = tail * v + 1.0 / 720.0;
    tail = tail * v + 1.0 / 120.0;
    tail = tail * v + 1.0 / 24.0;
    tail = tail * v + 1.0 / 6.0;
    tail = tail * v + 0.5;
    return v + v * v * tail;
}

fn reciprocal_of(v: f32) -> f32 { return divide(1.0, v); }
fn rsqrt_of(v: f32) -> f32 { return divide(1.0, sqrt_of(v)); }

// From 2²³ on, and beyond (infinity, NaN), there are no fractions.
fn is_whole(v: f32) -> bool { return (bitcast<u32>(v) & 0x7fffffffu) >= 0x4b000000u; }
// A result of 0 has the sign of v.
fn signed(value: f32, v: f32) -> f32 {
    return from_bits((bitcast<u32>(value) & 0x7fffffffu) | (bitcast<u32>(v) & 0x80000000u));
}

fn floor_of(v: f32) -> f32 {
    if is_whole(v) { return v; }
    return signed(floor(v), v);
}

fn ceil_of(v: f32) -> f32 {
    if is_whole(v) { return v; }
    return signed(ceil(v), v);
}

fn round_of(v: f32) -> f32 {
    if is_whole(v) { return v; }
    return signed(round(v), v);
}

fn trunc_of(v: f32) -> f32 {
    if is_whole(v) { return v; }
    return signed(trunc(v), v);
}

// Below 1 v · p(v²), from there on 1 - e^(-q(v)); 1 from 4 on. p and q are least-squares fits to erf(v) / v and
// to -ln(1 - erf(v)), weighted towards the smallest largest error; together they are good to 2e-7 of the result.
fn erf_of(v: f32) -> f32 {
    if is_nan(v) { return v; }
    let a = abs(v);
    if a >= 4.0 { return select(1.0, -1.0, v < 0.0); }
    if a < 1.0 {
        let s = a * a;
        var p = 7.889122935011983e-5;
        p = p * s - 8.020842215046287e-4;
        p = p * s + 5.189535673707724e-3;
        p = p * s - 2.6854444295167923e-2;
        p = p * s + 0.11283600330352783;
        p = p * s - 0.3761262595653534;
        p = p * s + 1.1283791065216064;
        return v * p;
    }
    var q = -1.8637925677467138e-4;
    q = q * a + 2.9476589988917112e-3;
    q = q * a - 2.183806709945202e-2;
    q = q * a + 0.10310675948858261;
    q = q * a + 0.638144850730896;
    q = q * a + 1.1270891427993774;
    q = q * a + 3.415223036427051e-4;
    let value = 1.0 - exp_of(-q);
    return select(value, -value, v < 0.0);
}

// What is left of a / b cut off towards zero, with the sign of a. Exact, like long division by hand: one bit of
// the quotient after another, in integers.
fn fmod_of(a: f32, b: f32) -> f32 {
    let x = bitcast<u32>(a) & 0x7fffffffu;
    let y = bitcast<u32>(b) & 0x7fffffffu;
    if y == 0u || y > 0x7f800000u || x >= 0x7f800000u { return nan(); }
    if x < y { return a; }
    // Mantissas with their leading 1 in bit 23, of tiny numbers too.
    var m = select(x & 0x7fffffu, (x & 0x7fffffu) | 0x800000u, x >= 0x800000u);
    var n = select(y & 0x7fffffu, (y & 0x7fffffu) | 0x800000u, y >= 0x800000u);
    let m_shift = countLeadingZeros(m) - 8u;
    let n_shift = countLeadingZeros(n) - 8u;
    m = m << m_shift;
    n = n << n_shift;
    let e = i32(max(y >> 23u, 1u)) - i32(n_shift);
    for (var k = i32(max(x >> 23u, 1u)) - i32(m_shift); k > e; k -= 1) {
        if m >= n { m -= n; }
        m = m << 1u;
    }
    if m >= n { m -= n; }
    var bits = 0u;
    if m != 0u {
        let shift = countLeadingZeros(m) - 8u;
        let exponent = e - i32(shift);
        m = m << shift;
        bits = select(m >> u32(1 - min(exponent, 0)), (m & 0x7fffffu) | (u32(max(exponent, 0)) << 23u), exponent > 0);
    }
    return from_bits(bits | (bitcast<u32>(a) & 0x80000000u));
}

// What % is in Python: it has the sign of b.
fn remainder(a: f32, b: f32) -> f32 {
    let rest = fmod_of(a, b);
    return select(rest, rest + b, !is_nan(rest) && rest != 0.0 && ((rest < 0.0) != (b < 0.0)));
}

// ⌊a / b⌋. What is left after the remainder is taken away is a multiple of b but for rounding.
fn floor_divide(a: f32, b: f32) -> f32 {
    let rest = fmod_of(a, b);
    if is_nan(rest) { return select(rest, divide(a, b), !is_nan(b) && b == 0.0); }
    let turn = select(0.0, 1.0, rest != 0.0 && ((rest < 0.0) != (b < 0.0)));
    let quotient = divide(a - rest, b) - turn;
    if quotient == 0.0 { return from_bits((bitcast<u32>(a) ^ bitcast<u32>(b)) & 0x80000000u); }
    let whole = floor_of(quotient);
    return select(whole, whole + 1.0, quotient - whole > 0.5);
}

// 0 where b is.
fn integer_remainder(a: i32, b: i32) -> i32 {
    if b == 0 || b == -1 { return 0; }
    let rest = a % b;
    return select(rest, rest + b, rest != 0 && ((rest < 0) != (b < 0)));
}

// 0 where b is.
fn integer_floor_divide(a: i32, b: i32) -> i32 {
    if b == 0 { return 0; }
    if b == -1 { return -a; }
    let rest = a % b;
    return a / b - select(0, 1, rest != 0 && ((rest < 0) != (b < 0)));
}

// Of a fraction, what is left as an integer: 1, -1 or 0.
fn integer_power(a: i32, b: i32) -> i32 {
    if b < 0 {
        if a == -1 { return 1 - 2 * (b & 1); }
        return select(0, 1, a == 1);
    }
    var value = 1;
    var base = a;
    for (var n = u32(b); n > 0u; n >>= 1u) {
        if (n & 1u) == 1u { value *= base; }
        base *= base;
    }
    return value;
}
