using FairMedl.Core.Numerics;

namespace FairMedl.Simulation.Regression;

/// <summary>
/// A small regression: hourly pay of 1,600 employees in 45 stores, drawn from a known equation (<see cref="PayTruth"/>) with a bias
/// against women. Contract hours and department are proxies of sex: without the column of sex, a model still predicts lower pay for
/// women. The same seed gives the same rows.
/// </summary>
public sealed class SimulatedPay
{
    /// <summary>Number of employees.</summary>
    public const int DefaultRows = 1600;

    /// <summary>Number of stores.</summary>
    public const int StoreCount = 45;

    private static readonly (string, double)[] Educations = [("school", .3), ("vocational", .4), ("college", .3)];

    private static readonly (string, double)[] DepartmentsOfWomen =
        [("checkout", .34), ("grocery", .24), ("fresh food", .22), ("electronics", .09), ("warehouse", .11)];

    private static readonly (string, double)[] DepartmentsOfMen =
        [("checkout", .14), ("grocery", .22), ("fresh food", .18), ("electronics", .21), ("warehouse", .25)];

    /// <summary>Draws stores and employees.</summary>
    public SimulatedPay(ulong seed = 1, int rows = DefaultRows)
    {
        RandomStream stream = new RandomStream(seed).Child("simulated pay");
        RandomStream ofStores = stream.Child("stores"), ofRows = stream.Child("employees");
        Stores = [.. Enumerable.Range(1, StoreCount).Select(number => DrawStore(number, ofStores.Child((ulong)number)))];
        double weight = Stores.Sum(s => s.Weight);
        (int, double)[] shares = [.. Stores.Select((store, j) => (j, store.Weight / weight))];
        Employees = [.. Enumerable.Range(1, rows).Select(number => DrawEmployee(number, shares, ofRows.Child((ulong)number)))];
    }

    /// <summary>Stores with their true random effects.</summary>
    public IReadOnlyList<Store> Stores { get; }

    /// <summary>Employees, in the order of the file.</summary>
    public IReadOnlyList<Employee> Employees { get; }

    /// <summary>Recorded hourly pay of an employee.</summary>
    public double PayOf(Employee employee) => PayTruth.Pay(employee, Stores[employee.Store]);

    private static Store DrawStore(int number, RandomStream stream) => new(
        FormattableString.Invariant($"store {number:00}"),
        Math.Exp(.35 * stream.NextNormal()),
        Math.Clamp(.45 + .1 * stream.NextNormal(), .2, .7),
        PayTruth.InterceptSd * stream.NextNormal(),
        PayTruth.SlopeSd * stream.NextNormal(),
        PayTruth.SlopeSd * stream.NextNormal());

    private Employee DrawEmployee(int number, (int, double)[] shares, RandomStream stream)
    {
        int store = Pick(shares, stream);
        bool isWoman = stream.NextDouble() < Stores[store].Women;
        string department = Pick(isWoman ? DepartmentsOfWomen : DepartmentsOfMen, stream);
        double hours = isWoman ? 30 + 7 * stream.NextNormal() : 35 + 5 * stream.NextNormal();
        double experience = 14 + 8 * stream.NextNormal(), assessment = 60 + 10 * stream.NextNormal();
        string education = Pick(Educations, stream);
        return new Employee(
            number,
            store,
            isWoman ? "female" : "male",
            department,
            Math.Clamp((int)Math.Round(hours), 8, 45),
            Math.Clamp((int)Math.Round(experience), 0, 40),
            Math.Round(assessment, 1),
            education,
            PayTruth.NoiseSd * stream.NextNormal());
    }

    private static T Pick<T>((T Value, double Share)[] choices, RandomStream stream)
    {
        double draw = stream.NextDouble();
        foreach ((T value, double share) in choices)
        {
            if ((draw -= share) < 0) return value;
        }

        return choices[^1].Value;
    }
}
