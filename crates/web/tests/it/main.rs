//! The pages over a real register with the example in it, asked without a network.

mod cache;
mod house;
mod messages;
mod pages;
mod review;
mod safety;
