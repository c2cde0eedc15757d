//! SHA-512 (FIPS 180-4): Python mixes texts with it before it seeds its generator.

/// The first 64 bits behind the point of roots of primes: square roots of 8 of them, cube roots of 80.
fn roots(count: usize, power: u32) -> Vec<u64> {
    let mut primes: Vec<u128> = Vec::new();
    let mut candidate = 2;
    while primes.len() < count {
        if primes.iter().all(|prime| candidate % prime != 0) {
            primes.push(candidate);
        }
        candidate += 1;
    }
    primes.into_iter().map(|prime| root(prime, power)).collect()
}

/// The largest x with x^power ≤ prime · 2^(64·power), without what stands in front of the point.
fn root(prime: u128, power: u32) -> u64 {
    let mut found: u128 = 0;
    for bit in (0..69).rev() {
        let tried = found | 1 << bit;
        if at_most(tried, power, prime) {
            found = tried;
        }
    }
    found as u64
}

/// Whether `x^power ≤ prime · 2^(64·power)`, in limbs of 32 bits.
fn at_most(x: u128, power: u32, prime: u128) -> bool {
    let limbs = |mut x: u128| {
        let mut limbs = Vec::new();
        while x > 0 {
            limbs.push(x as u32);
            x >>= 32;
        }
        limbs
    };
    let factor = limbs(x);
    let mut product = vec![1_u32];
    for _ in 0..power {
        let mut next = vec![0_u32; product.len() + factor.len() + 1];
        for (i, a) in product.iter().enumerate() {
            let mut carry = 0_u64;
            for (j, slot) in next.iter_mut().skip(i).enumerate() {
                let b = factor.get(j).copied().unwrap_or(0);
                let sum = u64::from(*slot) + u64::from(*a) * u64::from(b) + carry;
                *slot = sum as u32;
                carry = sum >> 32;
            }
        }
        product = next;
    }
    let mut bound = vec![0_u32; 2 * power as usize];
    bound.extend(limbs(prime));
    let len = product.len().max(bound.len());
    product.resize(len, 0);
    bound.resize(len, 0);
    product.iter().rev().le(bound.iter().rev())
}

/// The digest of some bytes.
pub(super) fn sha512(bytes: &[u8]) -> [u8; 64] {
    let (mut hash, constants) = (roots(8, 2), roots(80, 3));
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while padded.len() % 128 != 112 {
        padded.push(0);
    }
    padded.extend((bytes.len() as u128 * 8).to_be_bytes());
    for block in padded.chunks(128) {
        let mut words: Vec<u64> = block
            .chunks(8)
            .map(|chunk| chunk.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)))
            .collect();
        for i in 16..80 {
            let (a, b) = (words[i - 15], words[i - 2]);
            let small = a.rotate_right(1) ^ a.rotate_right(8) ^ a >> 7;
            let large = b.rotate_right(19) ^ b.rotate_right(61) ^ b >> 6;
            words.push(words[i - 16].wrapping_add(small).wrapping_add(words[i - 7]).wrapping_add(large));
        }
        let mut s = hash.clone();
        for (word, constant) in words.iter().zip(&constants) {
            let mixed = s[4].rotate_right(14) ^ s[4].rotate_right(18) ^ s[4].rotate_right(41);
            let chosen = s[4] & s[5] ^ !s[4] & s[6];
            let first = [mixed, chosen, *constant, *word].iter().fold(s[7], |sum, x| sum.wrapping_add(*x));
            let spread = s[0].rotate_right(28) ^ s[0].rotate_right(34) ^ s[0].rotate_right(39);
            let most = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2];
            s.rotate_right(1);
            s[4] = s[4].wrapping_add(first);
            s[0] = first.wrapping_add(spread).wrapping_add(most);
        }
        for (kept, new) in hash.iter_mut().zip(s) {
            *kept = kept.wrapping_add(new);
        }
    }
    let mut digest = [0; 64];
    for (slot, byte) in digest.iter_mut().zip(hash.iter().flat_map(|word| word.to_be_bytes())) {
        *slot = byte;
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standard() {
        let digest = sha512(b"abc");
        assert_eq!(digest[..4], [0xdd, 0xaf, 0x35, 0xa1]);
        assert_eq!(sha512(b"")[..4], [0xcf, 0x83, 0xe1, 0x35]);
    }
}
