//! Recipes: whole jobs put together from the plain functions.
