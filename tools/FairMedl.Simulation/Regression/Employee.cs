namespace FairMedl.Simulation.Regression;

/// <summary>One simulated employee of <see cref="SimulatedPay"/>.</summary>
/// <param name="Number">1 for the first row.</param>
/// <param name="Store">Index into <see cref="SimulatedPay.Stores"/>.</param>
/// <param name="Sex">"female" or "male".</param>
/// <param name="Department">Where the employee works: a proxy of sex.</param>
/// <param name="ContractHours">Hours a week: a proxy of sex that has no effect on hourly pay.</param>
/// <param name="ExperienceYears">Whole years of work, 0 to 40.</param>
/// <param name="Assessment">Points of the yearly assessment, one decimal.</param>
/// <param name="Education">"school", "vocational" or "college".</param>
/// <param name="Noise">The part of pay that nothing explains: N(0, <see cref="PayTruth.NoiseSd"/>²).</param>
public sealed record Employee(int Number, int Store, string Sex, string Department, int ContractHours, int ExperienceYears,
    double Assessment, string Education, double Noise);

/// <summary>A store and its true random effects, in SDs of pay.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Weight">Its share of the employees, before the weights are scaled to sum to one.</param>
/// <param name="Women">The probability that an employee is female.</param>
/// <param name="Intercept">b_j: how well it pays.</param>
/// <param name="ExperienceSlope">u_j: added to the coefficient of experience.</param>
/// <param name="AssessmentSlope">v_j: added to the coefficient of the assessment.</param>
public sealed record Store(string Name, double Weight, double Women, double Intercept, double ExperienceSlope, double AssessmentSlope);
