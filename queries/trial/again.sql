-- Begins another record beside the one put aside.
attach ':memory:' as again;

use again;
