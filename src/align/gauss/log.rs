//! Exponential and logarithm without branches or calls, so that the loops around them run on wide registers. The same bits come
//! out on every machine: there is no fused multiplication, and no order is changed.

use std::f32::consts::{LN_2, LOG2_E};

/// e to the power of `x` for x ≤ 0, within 1e-5 of the true value relatively; below −87 the smallest normal number.
#[inline(always)]
pub(super) fn exp_of_negative(x: f32) -> f32 {
    // Adding 1.5 × 2²³ leaves the nearest integer in the lowest bits.
    const MAGIC: f32 = 12_582_912.0;
    let power = (x * LOG2_E).max(-126.0);
    let rounded = power + MAGIC;
    let rest = (power - (rounded - MAGIC)) * LN_2;
    // Taylor's series of eˣ up to x⁵: |x| ≤ ½ ln 2, so what is left out is below x⁶ / 720 = 2.4e-6.
    let series = 1.0 + rest * (1.0 + rest * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0)))));
    let exponent = rounded.to_bits().wrapping_sub(MAGIC.to_bits()).wrapping_add(127);
    series * f32::from_bits(exponent << 23)
}

/// The natural logarithm of a normal number from 1 on, within 2e-5.
#[inline(always)]
pub(super) fn ln_from_one(x: f32) -> f32 {
    let bits = x.to_bits();
    let exponent = (bits >> 23) as i32;
    let mantissa = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000);
    // ln m = 2 artanh((m − 1) / (m + 1)); the argument is at most ⅓.
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let square = z * z;
    let series = 2.0 * z * (1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0))));
    (exponent as f32 - 127.0) * LN_2 + series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_near() {
        for x in (0..8_700).map(|i| -(i as f32) / 100.0) {
            let (near, true_value) = (exp_of_negative(x), x.exp());
            assert!((near / true_value - 1.0).abs() < 1e-5, "{x}: {near} {true_value}");
        }
        assert!(exp_of_negative(f32::MIN) < 1e-37);
        assert!(exp_of_negative(f32::NEG_INFINITY) < 1e-37);
        assert_eq!(exp_of_negative(0.0), 1.0);
    }

    #[test]
    fn logarithms_are_near() {
        for x in (100..1_000).map(|i| i as f32 / 100.0) {
            assert!((ln_from_one(x) - x.ln()).abs() < 2e-5, "{x}");
        }
        assert_eq!(ln_from_one(1.0), 0.0);
    }
}
