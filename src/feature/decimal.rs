//! Weights and scores in words: a number with one or two decimals, many times quicker than the formatter of
//! all floats and to the digit the same.

use std::fmt::Write;

/// Whether a number that is not negative bears a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// As by `{:+}`.
    Always,
    /// As by `{}`.
    IfNegative,
}

/// Appends a number with so many decimals, 0 to 3, as `{:.n}` does.
///
/// Scores are of single precision (24 bits), so a thousand times one is exact in double precision (53 bits), and
/// rounding that half to even is what the formatter does with the digits.
pub(super) fn push_decimal(text: &mut String, number: f64, decimals: usize, sign: Sign) {
    const LARGEST: f64 = 1e9;
    debug_assert!(decimals <= 3 && (f64::from(number as f32) == number || number.is_nan()));
    if number.is_sign_negative() {
        text.push('-');
    } else if sign == Sign::Always {
        text.push('+');
    }
    if number.is_nan() || number.abs() >= LARGEST {
        let _ = write!(text, "{:.decimals$}", number.abs());
        return;
    }
    let scale = 10_u64.pow(decimals as u32);
    let scaled = (number.abs() * scale as f64).round_ties_even() as u64;
    push_digits(text, scaled / scale, 1);
    if decimals > 0 {
        text.push('.');
        push_digits(text, scaled % scale, decimals);
    }
}

/// Appends a number below 10^9 in at least `width` digits.
fn push_digits(text: &mut String, mut number: u64, width: usize) {
    let mut digits = [b'0'; 10];
    let mut first = digits.len();
    while number > 0 || digits.len() - first < width {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    digits[first..].iter().for_each(|&digit| text.push(char::from(digit)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(number: f32, decimals: usize, sign: Sign) -> String {
        let mut text = String::new();
        push_decimal(&mut text, f64::from(number), decimals, sign);
        text
    }

    #[test]
    fn every_digit_is_the_formatters() {
        let mut numbers = vec![0.0, -0.0, 0.25, 0.75, -0.04, 0.005, 0.125, 9.995, 99.95, 1e8, 3e9, -1e30];
        numbers.extend((-2_000..2_000).map(|n| n as f32 / 64.0));
        numbers.extend((-2_000..2_000).map(|n| n as f32 * 0.0173));
        for number in numbers {
            assert_eq!(written(number, 1, Sign::Always), format!("{number:+.1}"));
            assert_eq!(written(number, 2, Sign::IfNegative), format!("{number:.2}"));
            assert_eq!(written(number, 0, Sign::IfNegative), format!("{number:.0}"));
        }
    }
}
