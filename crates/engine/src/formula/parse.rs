//! From text to parts, by precedence: `× ÷` bind tighter than `+ −`, the same from left to right.

use std::ops::Range;

use terms::{Decimal, IndicatorCode};

use super::{Expression, ExpressionKind, Operator};

/// Formulas longer or deeper than people write are refused rather than followed.
const DEEPEST: usize = 64;

/// What stands in a formula that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at {span:?}: expected {expected}")]
pub struct SyntaxError {
    /// Where.
    pub span: Range<usize>,
    /// What should stand there: `value`, `operator`, `closing`, `comma`, `years`, `code`, `depth`.
    pub expected: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Number(Decimal),
    Word(String),
    Sign(char),
}

struct Parser {
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    end: usize,
    depth: usize,
}

/// Reads a formula. O(length).
///
/// ```
/// assert!(engine::formula::parse("(grdp.level − lag(grdp.level, 1)) ÷ lag(grdp.level, 1) × 100").is_ok());
/// let error = engine::formula::parse("grdp.level / ").unwrap_err();
/// assert_eq!((error.span, error.expected), (13..13, "value"));
/// ```
///
/// # Errors
/// [`SyntaxError`] with the place of the first fault.
pub fn parse(text: &str) -> Result<Expression, SyntaxError> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        end: text.len(),
        depth: 0,
    };
    let expression = parser.sum()?;
    match parser.tokens.get(parser.at) {
        None => Ok(expression),
        Some((_, span)) => Err(SyntaxError {
            span: span.clone(),
            expected: "operator",
        }),
    }
}

fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, SyntaxError> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = start + first.len_utf8();
        let mut take_while = |wanted: fn(char) -> bool| {
            while let Some((at, next)) = rest.next_if(|(_, next)| wanted(*next)) {
                end = at + next.len_utf8();
            }
            start..end
        };
        let (token, span) = if first.is_ascii_digit() {
            let span = take_while(|next| next.is_ascii_digit() || next == '.');
            let number = text[span.clone()].parse();
            (
                Token::Number(number.map_err(|_| SyntaxError {
                    span: span.clone(),
                    expected: "value",
                })?),
                span,
            )
        } else if first.is_ascii_alphabetic() {
            let span = take_while(|next| next.is_ascii_alphanumeric() || matches!(next, '_' | '.'));
            (Token::Word(text[span.clone()].to_owned()), span)
        } else {
            let sign = match first {
                '−' | '–' => '-',
                '×' | '·' => '*',
                '÷' | ':' => '/',
                '+' | '-' | '*' | '/' | '(' | ')' | ',' => first,
                _ => {
                    return Err(SyntaxError {
                        span: start..end,
                        expected: "value",
                    });
                }
            };
            (Token::Sign(sign), start..end)
        };
        tokens.push((token, span));
    }
    Ok(tokens)
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    /// The place of the next token; the end of the text after the last.
    fn here(&self) -> Range<usize> {
        self.tokens
            .get(self.at)
            .map_or(self.end..self.end, |(_, span)| span.clone())
    }

    fn fail<T>(&self, expected: &'static str) -> Result<T, SyntaxError> {
        Err(SyntaxError {
            span: self.here(),
            expected,
        })
    }

    fn sign(&mut self, wanted: char, expected: &'static str) -> Result<Range<usize>, SyntaxError> {
        if self.peek() == Some(&Token::Sign(wanted)) {
            let span = self.here();
            self.at += 1;
            Ok(span)
        } else {
            self.fail(expected)
        }
    }

    fn joined(
        &mut self,
        operators: [(char, Operator); 2],
        part: fn(&mut Self) -> Result<Expression, SyntaxError>,
    ) -> Result<Expression, SyntaxError> {
        let mut left = part(self)?;
        loop {
            let operator = operators
                .iter()
                .find(|(sign, _)| self.peek() == Some(&Token::Sign(*sign)));
            let Some((_, operator)) = operator.copied() else {
                return Ok(left);
            };
            self.at += 1;
            let right = part(self)?;
            let span = left.span.start..right.span.end;
            left = Expression {
                kind: ExpressionKind::Binary(operator, Box::new(left), Box::new(right)),
                span,
            };
        }
    }

    fn sum(&mut self) -> Result<Expression, SyntaxError> {
        self.depth += 1;
        if DEEPEST < self.depth {
            return self.fail("depth");
        }
        let sum = self.joined([('+', Operator::Add), ('-', Operator::Subtract)], Self::product);
        self.depth -= 1;
        sum
    }

    fn product(&mut self) -> Result<Expression, SyntaxError> {
        self.joined([('*', Operator::Multiply), ('/', Operator::Divide)], Self::value)
    }

    fn value(&mut self) -> Result<Expression, SyntaxError> {
        let span = self.here();
        match self.peek().cloned() {
            Some(Token::Number(number)) => {
                self.at += 1;
                Ok(Expression {
                    kind: ExpressionKind::Number(number),
                    span,
                })
            }
            Some(Token::Sign('-')) => {
                self.at += 1;
                self.depth += 1;
                if DEEPEST < self.depth {
                    return self.fail("depth");
                }
                let inner = self.value()?;
                self.depth -= 1;
                let span = span.start..inner.span.end;
                Ok(Expression {
                    kind: ExpressionKind::Minus(Box::new(inner)),
                    span,
                })
            }
            Some(Token::Sign('(')) => {
                self.at += 1;
                let inner = self.sum()?;
                let end = self.sign(')', "closing")?.end;
                Ok(Expression {
                    span: span.start..end,
                    ..inner
                })
            }
            Some(Token::Word(word)) => {
                self.at += 1;
                match word.as_str() {
                    "lag" | "sum" => self.over_years(word == "lag", span),
                    _ => Ok(Expression {
                        kind: ExpressionKind::Value(code(&word, &span)?),
                        span,
                    }),
                }
            }
            _ => self.fail("value"),
        }
    }

    /// `(CODE, YEARS)` after `lag` or `sum`.
    fn over_years(&mut self, lag: bool, name: Range<usize>) -> Result<Expression, SyntaxError> {
        self.sign('(', "value")?;
        let span = self.here();
        let Some(Token::Word(word)) = self.peek().cloned() else {
            return self.fail("code");
        };
        let code = code(&word, &span)?;
        self.at += 1;
        self.sign(',', "comma")?;
        let years = match self.peek() {
            Some(Token::Number(number)) => u8::try_from(*number)
                .ok()
                .filter(|years| (1..=50).contains(years) && Decimal::from(*years) == *number),
            _ => None,
        };
        let Some(years) = years else {
            return self.fail("years");
        };
        self.at += 1;
        let end = self.sign(')', "closing")?.end;
        let kind = if lag {
            ExpressionKind::Lag(code, years)
        } else {
            ExpressionKind::Sum(code, years)
        };
        Ok(Expression {
            kind,
            span: name.start..end,
        })
    }
}

fn code(word: &str, span: &Range<usize>) -> Result<IndicatorCode, SyntaxError> {
    IndicatorCode::new(word).map_err(|_| SyntaxError {
        span: span.clone(),
        expected: "code",
    })
}
