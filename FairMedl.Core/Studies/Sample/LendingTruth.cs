namespace FairMedl.Core.Studies.Sample;

/// <summary>
/// The known truth of the simulated lending data (docs/sample.md): logit P(approved) = merit(x) + branch(z, x) - bias(s, x).
/// Merit knows no sensitive column and no district, so a model that decides by merit alone is possible. Age reaches merit
/// only through what grows with it: credit history and years in a job.
/// </summary>
public static class LendingTruth
{
    /// <summary>What being a woman cost.</summary>
    public const double BiasFemale = 1.2;

    /// <summary>What belonging to minority A cost.</summary>
    public const double BiasMinorityA = 0.9;

    /// <summary>What belonging to minority B cost.</summary>
    public const double BiasMinorityB = 1.2;

    /// <summary>What being 30 or younger cost, beyond a short credit history.</summary>
    public const double BiasYoung = 0.8;

    /// <summary>What living in one of the two districts where most of the minorities live cost.</summary>
    public const double BiasDistrict = 0.7;

    /// <summary>Standardised income: ln(income / 32,000) / .4.</summary>
    public static double StandardIncome(LendingApplication a) => Math.Log(a.Income / 32_000.0) / 0.4;

    /// <summary>Standardised debt ratio: (debt ratio - .31) / .14.</summary>
    public static double StandardDebt(LendingApplication a) => (a.DebtRatio - 0.31) / 0.14;

    /// <summary>What ought to decide; 0 is an even chance at an average branch.</summary>
    public static double Merit(LendingApplication a)
    {
        double debt = StandardDebt(a);
        return 1.25
            + 1.0 * StandardIncome(a)
            - 1.0 * debt
            - 0.7 * Math.Max(0, debt - 1)
            + 0.3 * (a.CreditHistoryYears - 12) / 8.0
            - 0.7 * a.MissedPayments
            + 0.4 * Math.Log(1 + a.SavingsMonths)
            + 0.2 * Math.Log(1 + a.EmploymentYears)
            - 0.5 * Math.Log(a.LoanAmount / (0.5 * a.Income))
            + a.Employment switch { "self-employed" => -0.3, "temporary" => -0.8, _ => 0 }
            + a.Purpose switch { "education" => 0.2, "business" => -0.4, "debt consolidation" => -0.5, _ => 0 };
    }

    /// <summary>The branch's random effects: b_j + u_j1 income + u_j2 debt.</summary>
    public static double BranchEffect(LendingApplication a, SimulatedBranch branch) =>
        branch.Intercept + branch.IncomeSlope * StandardIncome(a) + branch.DebtSlope * StandardDebt(a);

    /// <summary>The injected bias of the historical decisions: through membership of a group, and through the district.</summary>
    public static double Bias(LendingApplication a) =>
        (a.Sex == "female" ? BiasFemale : 0)
        + a.Ethnicity switch { "minority A" => BiasMinorityA, "minority B" => BiasMinorityB, _ => 0 }
        + (a.Age <= 30 ? BiasYoung : 0)
        + (a.District is "Harbour" or "Southgate" ? BiasDistrict : 0);

    /// <summary>Returns the true probability of approval.</summary>
    public static double Probability(LendingApplication a, SimulatedBranch branch) =>
        1 / (1 + Math.Exp(-(Merit(a) + BranchEffect(a, branch) - Bias(a))));
}
