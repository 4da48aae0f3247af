namespace FairMedl.Simulation.Regression;

/// <summary>
/// The equation that generates hourly pay (docs/simulated-pay.md), in SDs of pay, of employee i in store j:
/// <c>y = .45 e + .30 a + education + department + b_j + u_j e + v_j a - .2 [female] + noise</c>, with e = (experience - 14) / 8 and
/// a = (assessment - 60) / 10. Hourly pay is 24 + 6 y. Experience, assessment and education have the same distribution for women and
/// men, so that a difference between their mean pay comes from the bias and from the departments alone.
/// </summary>
public static class PayTruth
{
    /// <summary>The bias: what being a woman costs, in SDs of pay.</summary>
    public const double Bias = .2;

    /// <summary>Coefficient of standardized experience.</summary>
    public const double Experience = .45;

    /// <summary>Coefficient of the standardized assessment.</summary>
    public const double Assessment = .3;

    /// <summary>SD of the random intercepts of stores.</summary>
    public const double InterceptSd = .35;

    /// <summary>SD of each of the two random slopes of stores.</summary>
    public const double SlopeSd = .12;

    /// <summary>SD of the noise.</summary>
    public const double NoiseSd = .7;

    /// <summary>Mean hourly pay of a man with average values in the average store.</summary>
    public const double MeanPay = 24;

    /// <summary>What one SD is in hourly pay.</summary>
    public const double PaySd = 6;

    /// <summary>What the level of education adds.</summary>
    public static double Education(string level) => level switch { "school" => -.25, "college" => .3, _ => 0 };

    /// <summary>What the department adds.</summary>
    public static double Department(string name) => name switch { "checkout" => -.15, "electronics" => .15, "warehouse" => .05, _ => 0 };

    /// <summary>The employee's expected pay in the store, in SDs, without the bias.</summary>
    public static double Deserved(Employee employee, Store store)
    {
        double experience = (employee.ExperienceYears - 14) / 8.0, assessment = (employee.Assessment - 60) / 10;
        return Experience * experience + Assessment * assessment + Education(employee.Education) + Department(employee.Department)
            + store.Intercept + store.ExperienceSlope * experience + store.AssessmentSlope * assessment;
    }

    /// <summary>Hourly pay, as recorded: with the bias and the noise, to the cent.</summary>
    public static double Pay(Employee employee, Store store) =>
        Math.Round(MeanPay + PaySd * (Deserved(employee, store) - (employee.Sex == "female" ? Bias : 0) + employee.Noise), 2);
}
