namespace FairMedl.Core.Studies.Sample;

/// <summary>One simulated application for a loan, complete: values are blanked only when the CSV is written.</summary>
public sealed record LendingApplication
{
    /// <summary>1 for the first row.</summary>
    public required int Number { get; init; }

    /// <summary>The branch that decided: an index into <see cref="SimulatedLending.Branches"/>.</summary>
    public required int Branch { get; init; }

    /// <summary>Age in years, 19 to 79.</summary>
    public required int Age { get; init; }

    /// <summary>Sex: "female" or "male".</summary>
    public required string Sex { get; init; }

    /// <summary>"majority", "minority A" or "minority B": invented names, so that no real group is implied.</summary>
    public required string Ethnicity { get; init; }

    /// <summary>Where the applicant lives: the proxy, as districts differ in who lives there.</summary>
    public required string District { get; init; }

    /// <summary>Employment: "salaried", "self-employed" or "temporary".</summary>
    public required string Employment { get; init; }

    /// <summary>Whole years in the present job.</summary>
    public required int EmploymentYears { get; init; }

    /// <summary>Yearly income, in whole hundreds.</summary>
    public required int Income { get; init; }

    /// <summary>Share of income that goes into debts, two decimals.</summary>
    public required double DebtRatio { get; init; }

    /// <summary>Whole years of credit history.</summary>
    public required int CreditHistoryYears { get; init; }

    /// <summary>Payments missed in the last two years, 0 to 6.</summary>
    public required int MissedPayments { get; init; }

    /// <summary>Savings in months of income, one decimal.</summary>
    public required double SavingsMonths { get; init; }

    /// <summary>Requested amount, a multiple of 100.</summary>
    public required int LoanAmount { get; init; }

    /// <summary>What the loan is for.</summary>
    public required string Purpose { get; init; }

    /// <summary>Price index of the branch's area: the confounder. It follows the seen branches' leniency, and causes nothing.</summary>
    public required double AreaIndex { get; init; }

    /// <summary>Whether the loan was approved: a draw with probability g(merit + branch - bias).</summary>
    public bool Approved { get; init; }
}

/// <summary>A branch and its true random effects, on the scale of the logit.</summary>
/// <param name="Name">An invented place.</param>
/// <param name="Weight">Its share of the applications, before the weights are scaled to sum to one.</param>
/// <param name="Intercept">b_j: how lenient it is.</param>
/// <param name="IncomeSlope">What it adds to the weight of income.</param>
/// <param name="DebtSlope">What it adds to the weight of the debt ratio.</param>
public sealed record SimulatedBranch(string Name, double Weight, double Intercept, double IncomeSlope, double DebtSlope);
