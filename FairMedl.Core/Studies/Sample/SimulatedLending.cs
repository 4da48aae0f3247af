using FairMedl.Core.Numerics;

namespace FairMedl.Core.Studies.Sample;

/// <summary>
/// Simulated lending: applications at twenty branches, drawn from a truth that is known (<see cref="LendingTruth"/>), so
/// that what a model finds can be held against what was put in. The same seed gives the same rows for ever.
/// </summary>
public sealed class SimulatedLending
{
    /// <summary>How many rows the demo has.</summary>
    public const int DefaultRows = 12_000;

    /// <summary>Number of seen branches; the others are held out.</summary>
    public const int SeenBranches = 14;

    // Cheap and expensive areas of the unseen branches, independent of their leniency.
    private static readonly double[] UnseenAreas = [-10, -10, 10, 10, 10, -10];

    private static readonly (string Value, double Share)[] Ethnicities = [("majority", 0.62), ("minority A", 0.23), ("minority B", 0.15)];
    private static readonly (string Value, double Share)[] Employments = [("salaried", 0.70), ("self-employed", 0.17), ("temporary", 0.13)];

    private static readonly (string Value, double Share)[] Purposes =
        [("car", 0.28), ("home improvement", 0.26), ("debt consolidation", 0.22), ("education", 0.14), ("business", 0.10)];

    private static readonly Dictionary<string, (string Value, double Share)[]> DistrictsByEthnicity = new()
    {
        ["majority"] = [("Hillcrest", 0.27), ("Old Town", 0.31), ("Riverside", 0.26), ("Harbour", 0.09), ("Southgate", 0.07)],
        ["minority A"] = [("Hillcrest", 0.11), ("Old Town", 0.11), ("Riverside", 0.12), ("Harbour", 0.46), ("Southgate", 0.20)],
        ["minority B"] = [("Hillcrest", 0.10), ("Old Town", 0.12), ("Riverside", 0.10), ("Harbour", 0.22), ("Southgate", 0.46)],
    };

    /// <summary>Simulates the applications.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There would be fewer than 1,000 rows.</exception>
    public SimulatedLending(ulong seed = 1, int rows = DefaultRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1000);
        var stream = new RandomStream(seed).Child("simulated lending");
        double weight = Branches.Sum(branch => branch.Weight);
        (int, double)[] branchShares = [.. Branches.Select((branch, j) => (j, branch.Weight / weight))];
        var applications = new LendingApplication[rows];
        for (int i = 0; i < rows; i++) applications[i] = DrawApplication(i + 1, branchShares, stream.Child((ulong)i));
        Applications = applications;
    }

    /// <summary>
    /// The branches, the seen ones first, which are larger by a margin that chance does not cross. Their random effects
    /// were drawn once from normal distributions with SD 0.8, 0.4 and 0.4 and are fixed for every seed.
    /// </summary>
    public static IReadOnlyList<SimulatedBranch> Branches { get; } =
    [
        new("Alderford", 80, -0.20, -0.32, 0.55),
        new("Birchwick", 78, -0.82, -0.20, 0.38),
        new("Cedarholm", 76, 1.12, 0.20, -0.29),
        new("Dunmore", 74, -1.34, 0.07, -0.42),
        new("Elmstead", 72, -0.42, 0.91, -0.23),
        new("Fernley", 70, -0.79, -0.07, -0.60),
        new("Greyfield", 68, 0.44, -0.05, -0.28),
        new("Hazelton", 66, -0.13, -0.37, -0.52),
        new("Ivybridge", 64, -0.57, 0.00, -0.09),
        new("Juniper Hill", 62, -0.43, -0.89, 0.53),
        new("Kestrel Bay", 60, 0.95, 0.38, 0.34),
        new("Larchmont", 58, 1.67, 0.04, -0.26),
        new("Maplewood", 56, 0.01, -0.29, 0.47),
        new("Northmoor", 54, -0.11, 0.58, 0.37),
        new("Oakhaven", 38, 0.78, -0.40, 0.18),
        new("Pinecrest", 36, 0.42, -0.03, -0.07),
        new("Quarry Lane", 34, 0.05, -0.13, -0.31),
        new("Rowanbury", 32, -0.28, -0.30, 0.17),
        new("Saltmarsh", 30, 0.55, -0.63, -0.24),
        new("Thornhill", 28, -1.04, 0.62, -0.25),
    ];

    /// <summary>Applications without missing values.</summary>
    public IReadOnlyList<LendingApplication> Applications { get; }

    private static LendingApplication DrawApplication(int number, (int Value, double Share)[] branchShares, RandomStream stream)
    {
        int branch = Pick(branchShares, stream);
        int age = Math.Clamp((int)Math.Round(42 + 14 * stream.NextNormal()), 19, 79);
        string sex = stream.NextDouble() < 0.46 ? "female" : "male";
        string ethnicity = Pick(Ethnicities, stream);
        string district = Pick(DistrictsByEthnicity[ethnicity], stream);
        string employment = Pick(Employments, stream);
        int working = age - 18;
        int employmentYears = (int)(working * Math.Pow(stream.NextDouble(), 2));
        int income = Hundreds(32_000 * Math.Exp(0.4 * stream.NextNormal()));
        double debtRatio = Math.Round(1 / (1 + Math.Exp(0.85 - 0.68 * stream.NextNormal())), 2);
        int creditHistory = (int)Math.Round(Math.Min(working, 4 + 18 * stream.NextDouble()));
        int missed = Math.Min(6, Poisson(0.7, stream));
        double savings = Math.Round(Math.Exp(0.7 + 0.9 * stream.NextNormal()), 1);
        int loan = Hundreds(income * 0.5 * Math.Exp(0.5 * stream.NextNormal()));
        string purpose = Pick(Purposes, stream);
        // Leaning on the index pays among the seen branches and fails among the others.
        double area = branch < SeenBranches ? 12.5 * Branches[branch].Intercept : UnseenAreas[branch - SeenBranches];
        double areaIndex = Math.Round(100 + area + 3 * stream.NextNormal(), 1);

        var application = new LendingApplication
        {
            Number = number,
            Branch = branch,
            Age = age,
            Sex = sex,
            Ethnicity = ethnicity,
            District = district,
            Employment = employment,
            EmploymentYears = employmentYears,
            Income = income,
            DebtRatio = debtRatio,
            CreditHistoryYears = creditHistory,
            MissedPayments = missed,
            SavingsMonths = savings,
            LoanAmount = loan,
            Purpose = purpose,
            AreaIndex = areaIndex,
        };
        return application with { Approved = stream.NextDouble() < LendingTruth.Probability(application, Branches[branch]) };
    }

    private static int Hundreds(double amount) => Math.Max(1, (int)Math.Round(amount / 100)) * 100;

    private static T Pick<T>((T Value, double Share)[] choices, RandomStream stream)
    {
        double draw = stream.NextDouble();
        foreach ((T value, double share) in choices)
        {
            if ((draw -= share) < 0) return value;
        }

        return choices[^1].Value;
    }

    // Knuth's product of uniforms: the mean is small.
    private static int Poisson(double mean, RandomStream stream)
    {
        double limit = Math.Exp(-mean), product = stream.NextDouble();
        int count = 0;
        while (product > limit)
        {
            count++;
            product *= stream.NextDouble();
        }

        return count;
    }
}
