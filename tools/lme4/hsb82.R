# Compares FairMedl's cluster effects on High School and Beyond with those of a linear mixed model, fitted by lme4.
#
#   Rscript tools/lme4/hsb82.R DATA EFFECTS [SLOPES] [PREDICTIONS]
#
# DATA         the CSV file of the 7,185 students: school, minrty, sx, ses, mAch, meanses, sector
# EFFECTS      random_effects.csv of `audit` on samples/hsb82.experiment.json
# SLOPES       random_slopes.csv of the same run, or "-". The total effect at the mean row is then also computed from intercepts and slopes.
# PREDICTIONS  predictions.csv of the same run, written with --predictions. lme4 is then cross-validated on the folds of the first seed.
#
# It needs R with lme4 (Debian: r-cran-lme4). The fixed effects are ses, meanses, sector, minrty and sx. The reference has a random
# intercept by school; a second one adds a random slope of ses. Schools are those of EFFECTS, that is, the seen ones. FairMedl's effects
# are on the scale of the standardized target and are multiplied by the target's SD here.
#
# For each model with random effects it prints the correlation with lme4's conditional modes, the ratio of the SDs over schools (FairMedl
# by lme4), and the slope of FairMedl's effects on the modes. The exit status is 1 if the total effect of "medl" misses a bar:
# correlation at least .9, ratio of SDs .8 to 1.2.

suppressPackageStartupMessages(library(lme4))

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) < 2) stop("Usage: Rscript hsb82.R DATA EFFECTS [SLOPES] [PREDICTIONS]")
given <- function(i) if (length(arguments) >= i && arguments[i] != "-") read.csv(arguments[i], stringsAsFactors = FALSE)

students <- read.csv(arguments[1], stringsAsFactors = TRUE)
students$school <- as.character(students$school)
students$row <- seq_len(nrow(students))
effects <- given(2)
slopes <- given(3)
predictions <- given(4)
effects$cluster <- as.character(effects$cluster)
seen <- students[students$school %in% effects$cluster, ]
sizes <- table(seen$school)
one <- effects[effects$model == effects$model[1], ]
stopifnot(nrow(one) == length(sizes), all(sizes[one$cluster] == one$n))
target_sd <- sqrt(mean((seen$mAch - mean(seen$mAch))^2))
cat(sprintf("%d students of %d schools; SD of the target %.3f\n\n", nrow(seen), length(sizes), target_sd))

# At the mean student, ses is centered, so that a school's mode of the intercept is its total effect.
seen$ses_c <- seen$ses - mean(seen$ses)
fixed <- mAch ~ ses_c + meanses + sector + minrty + sx
fit <- function(formula, rows) lmer(formula, data = rows, control = lmerControl(optimizer = "bobyqa"))
by_intercept <- update(fixed, . ~ . + (1 | school))
by_slope <- update(fixed, . ~ . + (1 + ses_c | school))
intercept_fit <- fit(by_intercept, seen)
slope_fit <- suppressMessages(fit(by_slope, seen))
modes <- function(model) {
  of_school <- ranef(model)$school
  setNames(of_school[["(Intercept)"]], rownames(of_school))
}
references <- list("random intercept" = modes(intercept_fit), "and slope of ses" = modes(slope_fit))

cat("lme4, random intercept by school:\n")
print(round(fixef(intercept_fit), 3))
cat(sprintf("SD of the random intercept %.3f, of the residual %.3f; SD of the conditional modes %.3f (with a slope of ses: %.3f)\n\n",
  attr(VarCorr(intercept_fit)$school, "stddev"), sigma(intercept_fit), sd(references[[1]]), sd(references[[2]])))

# FairMedl's estimates for a model, by name, in units of the target.
estimates <- function(model) {
  own <- effects[effects$model == model, ]
  found <- list("intercept" = setNames(own$intercept_mean, own$cluster))
  if ("effect_mean" %in% names(own) && !anyNA(own$effect_mean)) found[["total effect"]] <- setNames(own$effect_mean, own$cluster)
  if (!is.null(slopes)) found[["total from slopes"]] <- found$intercept + at_mean_row(slopes[slopes$model == model, ])[own$cluster]
  lapply(found, function(values) values * target_sd)
}

# Slopes times the mean encoded row: 0 for a standardized number, the share of rows for a level.
at_mean_row <- function(own) {
  parts <- strsplit(own$feature, " = ", fixed = TRUE)
  mean_of <- vapply(parts, function(p) if (length(p) == 2) mean(seen[[p[1]]] == p[2]) else 0, numeric(1))
  totals <- tapply(own$slope_mean * mean_of, as.character(own$cluster), sum)
  setNames(as.vector(totals), names(totals))
}

missed <- FALSE
cat(sprintf("%-15s %-18s %-17s %11s %11s %6s %6s\n", "model", "effect", "reference", "correlation", "ratio of SD", "slope", "SD"))
for (model in unique(effects$model)) {
  estimated <- estimates(model)
  for (effect in names(estimated)) {
    ours <- estimated[[effect]]
    for (reference in names(references)) {
      theirs <- references[[reference]][names(ours)]
      correlation <- cor(ours, theirs)
      ratio <- sd(ours) / sd(theirs)
      cat(sprintf("%-15s %-18s %-17s %11.3f %11.3f %6.3f %6.3f\n",
        model, effect, reference, correlation, ratio, coef(lm(ours ~ theirs))[[2]], sd(ours)))
      if (model == "medl" && effect == "total effect" && reference == names(references)[1])
        missed <- correlation < .9 || abs(ratio - 1) > .2
    }
  }
}

if (!is.null(predictions)) {
  own <- predictions$split == "seen" & predictions$seed == predictions$seed[1]
  folds <- unique(predictions[own, c("row", "fold")])
  seen$fold <- folds$fold[match(seen$row, folds$row)]
  stopifnot(!anyNA(seen$fold), nrow(folds) == nrow(seen))
  error <- function(formula, conditional) {
    squared <- lapply(split(seen, seen$fold), function(test) {
      model <- suppressMessages(fit(formula, seen[seen$fold != test$fold[1], ]))
      (test$mAch - predict(model, test, re.form = if (conditional) NULL else NA, allow.new.levels = TRUE))^2
    })
    mean(unlist(squared))
  }
  cat("\nMSE over the same ten folds\n")
  cat(sprintf("lme4, fixed effects       %.2f\n", error(by_intercept, FALSE)))
  cat(sprintf("lme4, random intercept    %.2f\n", error(by_intercept, TRUE)))
  cat(sprintf("lme4, and slope of ses    %.2f\n", error(by_slope, TRUE)))
  ours <- predictions[own, ]
  ours$squared <- (ours$probability_or_value - students$mAch[ours$row])^2
  for (head in split(ours, paste(ours$model, ours$head)))
    cat(sprintf("%-25s %.2f\n", paste0(head$model[1], ", ", head$head[1]), mean(head$squared)))
}

if (missed) {
  cat("\nThe total effect of medl misses a bar (correlation at least .9, ratio of SDs .8 to 1.2).\n")
  quit(status = 1)
}
