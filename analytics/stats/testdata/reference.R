# Reference values of the statistics, by R's own functions where it has them:
# prop.test, pbinom and qbinom, quantile, prop.trend.test, lm, qt, glm, optim,
# poisson.test, p.adjust, qbeta, integrate. `make reference` writes them to reference/*.csv, which the
# tests hold the Go and the SQL to. Inputs are synthetic: random, of a fixed seed.
#
# Only base R is used. Proportions are fractions from 0 to 1, lists are parted
# by semicolons, and numbers have as many digits as give the same double again.

RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(2009)
rows <- 1000

digits <- function(x) {
  if (is.list(x)) return(vapply(x, function(v) paste(digits(v), collapse = ";"), ""))
  short <- sprintf("%.15g", x)
  ifelse(as.numeric(short) == x, short, sprintf("%.17g", x))
}

save <- function(name, table) {
  text <- as.data.frame(lapply(table, digits))
  write.csv(text, file.path("reference", paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
}

# A thousand answers of a function as a table, a row an answer.
answers <- function(f, n = rows) {
  all <- lapply(seq_len(n), function(i) f(i))
  columns <- names(all[[1]])
  structure(lapply(columns, function(c) {
    values <- lapply(all, `[[`, c)
    if (all(lengths(values) == 1)) unlist(values) else values
  }), names = columns)
}

# Cases are few as often as many, and none or all of them successes at times.
draw_cases <- function() if (runif(1) < 0.7) sample(1:120, 1) else sample(121:20000, 1)
draw_successes <- function(n) {
  kind <- sample(1:12, 1)
  if (kind == 1) 0 else if (kind == 2) n else rbinom(1, n, runif(1))
}

wilson <- function(x, n, level) {
  suppressWarnings(as.numeric(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int))
}

save("wilson", answers(function(i) {
  n <- draw_cases(); x <- draw_successes(n)
  at95 <- wilson(x, n, 0.95); at998 <- wilson(x, n, 0.998)
  list(x = x, n = n, lower95 = at95[1], upper95 = at95[2], lower998 = at998[1], upper998 = at998[2])
}))

save("newcombe", answers(function(i) {
  n1 <- draw_cases(); x1 <- draw_successes(n1)
  n2 <- draw_cases(); x2 <- draw_successes(n2)
  p1 <- x1 / n1; p2 <- x2 / n2
  w1 <- wilson(x1, n1, 0.95); w2 <- wilson(x2, n2, 0.95)
  list(x1 = x1, n1 = n1, x2 = x2, n2 = n2, value = p1 - p2,
       lower = p1 - p2 - sqrt((p1 - w1[1])^2 + (w2[2] - p2)^2),
       upper = p1 - p2 + sqrt((w1[2] - p1)^2 + (p2 - w2[1])^2))
}))

# Spiegelhalter's interpolated binomial quantile; qbinom is the least r with
# P(R <= r) >= p, which is his least with > p except where the two are equal.
interpolated <- function(p, target, n) {
  r <- qbinom(p, n, target)
  r - (pbinom(r, n, target) - p) / dbinom(r, n, target)
}

exact <- function(target, n, level) {
  p <- (1 - level) / 2
  c(max(interpolated(p, target, n), 0) / n, 1 - max(interpolated(p, 1 - target, n), 0) / n)
}

score <- function(target, n, level) {
  margin <- qnorm((1 + level) / 2) * sqrt(target * (1 - target) / n)
  c(max(target - margin, 0), min(target + margin, 1))
}

# spiegelhalter95 and spiegelhalter998 are the upper limits as his paper has them.
save("limits", answers(function(i) {
  n <- draw_cases(); target <- round(runif(1, 0.01, 0.99), 4)
  e95 <- exact(target, n, 0.95); e998 <- exact(target, n, 0.998)
  s95 <- score(target, n, 0.95); s998 <- score(target, n, 0.998)
  list(target = target, n = n,
       exact_lower95 = e95[1], exact_upper95 = e95[2], exact_lower998 = e998[1], exact_upper998 = e998[2],
       spiegelhalter95 = interpolated(0.975, target, n) / n, spiegelhalter998 = interpolated(0.999, target, n) / n,
       score_lower95 = s95[1], score_upper95 = s95[2], score_lower998 = s998[1], score_upper998 = s998[2])
}))

save("quantiles", answers(function(i) {
  values <- round(runif(sample(1:40, 1), 0, 100), sample(0:2, 1))
  q <- quantile(values, c(0.1, 0.25, 0.5, 0.75, 0.9), type = 7, names = FALSE)
  list(values = values, q10 = q[1], q25 = q[2], q50 = q[3], q75 = q[4], q90 = q[5])
}))

# The χ² for trend of Cochran and Armitage, and what is left of the χ² for five
# equal proportions. The slope is that of a line weighted by cases.
save("proportion_trend", answers(function(i) {
  n <- sample(20:3000, 5, replace = TRUE)
  p <- plogis(qlogis(runif(1, 0.1, 0.9)) + rnorm(1, 0, 0.15) * (1:5) + rnorm(5, 0, 0.05))
  x <- pmin(pmax(rbinom(5, n, p), 1), n - 1)
  chi <- suppressWarnings(prop.trend.test(x, n)$statistic[[1]])
  all <- suppressWarnings(prop.test(x, n, correct = FALSE)$statistic[[1]])
  list(x = x, n = n, chi = chi, rest = all - chi, slope = coef(lm(x / n ~ t, data.frame(t = 1:5), weights = n))[[2]])
}))

# Poisson regression by glm, with the two-sided p of its slope and Pearson's χ².
# With extra variance, the likelihood is that of the negative binomial whose size
# is 1/extra, maximised by optim, and its error that of the expected information.
save("log_linear", answers(function(i) {
  n <- round(runif(5, 2000, 60000)); extra <- round(runif(1, 0.001, 0.1), 4)
  m <- n * exp(rnorm(1, -6, 1) + rnorm(1, 0, 0.15) * (1:5)) * rgamma(5, 20, 20)
  x <- rpois(5, m) + 1
  d <- data.frame(x = x, n = n, t = 0:4)
  fit <- glm(x ~ t + offset(log(n)), poisson, d, control = list(epsilon = 1e-14, maxit = 100))
  s <- summary(fit)$coefficients[2, ]
  start <- coef(fit)
  minus <- function(b) -sum(dnbinom(x, size = 1 / extra, mu = n * exp(b[1] + b[2] * d$t), log = TRUE))
  gradient <- function(b) {
    mu <- n * exp(b[1] + b[2] * d$t); u <- (x - mu) / (1 + extra * mu)
    -c(sum(u), sum(u * d$t))
  }
  best <- suppressWarnings(optim(start, minus, gradient, method = "BFGS", control = list(reltol = 1e-16, maxit = 1000)))$par
  mu <- n * exp(best[1] + best[2] * d$t)
  w <- mu / (1 + extra * mu); X <- cbind(1, d$t)
  list(x = x, n = n, slope = s[[1]], error = s[[2]], p = s[[4]], scatter = sum(residuals(fit, "pearson")^2),
       extra = extra, extra_slope = best[[2]], extra_error = sqrt(solve(t(X) %*% (w * X))[2, 2]))
}))

# A straight line through five figures on its own scatter.
save("plain_trend", answers(function(i) {
  y <- round(runif(1, 10, 60) + rnorm(1, 0, 1.5) * (1:5) + rnorm(5), 2)
  fit <- lm(y ~ t, data.frame(y = y, t = 1:5)); s <- summary(fit); limits <- confint(fit)[2, ]
  list(y = y, slope = s$coefficients[2, 1], variance = s$sigma^2, p = s$coefficients[2, 4], lower = limits[[1]], upper = limits[[2]])
}))

# Garwood's exact interval of a count by poisson.test, and Byar's by its formula.
save("counts", answers(function(i) {
  x <- sample(c(0:12, sample(13:5000, 13)), 1)
  byar <- function(o, z) o * (1 - 1 / (9 * o) + z / (3 * sqrt(o)))^3
  at95 <- poisson.test(x, conf.level = 0.95)$conf.int; at998 <- poisson.test(x, conf.level = 0.998)$conf.int
  z <- qnorm(c(0.975, 0.999))
  list(x = x, lower95 = at95[1], upper95 = at95[2], lower998 = at998[1], upper998 = at998[2],
       byar_lower95 = if (x > 0) max(byar(x, -z[1]), 0) else 0, byar_upper95 = byar(x + 1, z[1]),
       byar_lower998 = if (x > 0) max(byar(x, -z[2]), 0) else 0, byar_upper998 = byar(x + 1, z[2]))
}))

save("false_discovery", answers(function(i) {
  p <- round(c(runif(sample(1:30, 1)), rbeta(sample(1:10, 1), 0.2, 5)), 4)
  list(p = p, adjusted = p.adjust(p, "BH"))
}, 200))

# The least cohort that rounds to a percentage, by trying each; R's own rounding
# is to even, so halves either way are taken as printed alike.
save("least_cohort", answers(function(i) {
  n <- sample(5:400, 1); decimals <- sample(0:2, 1)
  percent <- round(100 * sample(0:n, 1) / n, decimals)
  half <- 0.5 * 10^-decimals
  for (m in 1:n) if (any(abs(100 * (0:m) / m - percent) <= half + 1e-9)) break
  list(percent = percent, decimals = decimals, cohort = n, least = m)
}))

save("overdispersion", answers(function(i) {
  k <- sample(5:40, 1); n <- sample(10:300, k, replace = TRUE)
  x <- rbinom(k, n, plogis(rnorm(k, runif(1, -1, 1), runif(1, 0, 1))))
  target <- sum(x) / sum(n)
  s <- 1 / (2 * sqrt(n)); w <- 1 / s^2
  z <- (asin(sqrt(x / n)) - asin(sqrt(target))) / s
  cut <- quantile(z, c(0.1, 0.9), type = 7, names = FALSE)
  phi <- mean(pmin(pmax(z, cut[1]), cut[2])^2)
  list(x = x, n = n, target = target, lower = cut[1], upper = cut[2], phi = phi,
       tau = max(0, (k * phi - (k - 1)) / (sum(w) - sum(w^2) / sum(w))))
}))

save("beta", answers(function(i) {
  n <- draw_cases(); x <- draw_successes(n)
  q <- qbeta(c(0.025, 0.25, 0.5, 0.75, 0.975), x + 0.5, n - x + 0.5)
  list(x = x, n = n, q025 = q[1], q25 = q[2], q50 = q[3], q75 = q[4], q975 = q[5])
}))

# The probability that each of a few proportions is the highest, by numerical
# integration of its density times the distributions of the others.
save("highest", answers(function(i) {
  k <- sample(2:6, 1); n <- sample(14:90, k, replace = TRUE); x <- rbinom(k, n, runif(1, 0.3, 0.8))
  first <- sapply(1:k, function(j) integrate(function(v) {
    others <- sapply(setdiff(1:k, j), function(o) pbeta(v, x[o] + 0.5, n[o] - x[o] + 0.5, log.p = TRUE))
    exp(dbeta(v, x[j] + 0.5, n[j] - x[j] + 0.5, log = TRUE) + rowSums(matrix(others, nrow = length(v))))
  }, 0, 1, subdivisions = 2000L, rel.tol = 1e-8)$value)
  list(x = x, n = n, first = first)
}, 100))
