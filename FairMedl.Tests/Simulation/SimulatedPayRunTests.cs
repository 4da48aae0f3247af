using System.Text;
using FairMedl.Core.Data.Csv;
using FairMedl.Core.Fairness.Metrics;
using FairMedl.Core.Studies.Gathering;
using FairMedl.Core.Studies.Plan;
using FairMedl.Simulation.Regression;
using Xunit;

namespace FairMedl.Tests.Simulation;

/// <summary>What docs/simulated-pay.md says of the study with the recommended preset alone.</summary>
public sealed class SimulatedPayRunTests
{
    [Fact]
    public void Run_WithDefaultsAlone_NarrowsTheGapByAQuarterAtNoCost()
    {
        using var csv = new StringWriter();
        PayStudy.WriteCsv(csv, new SimulatedPay());
        StudyPlan plan = StudyPlan.Create(PayStudy.Definition(),
            CsvTableReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())), "pay.csv"));
        StudyResults results = StudyRunner.Run(plan, TestCompute.Managed, 2, null, CancellationToken.None);
        SplitAudit nnet = Audit("nnet"), medl = Audit("medl"), fair = Audit("fair-adb-medl");

        Assert.Empty(plan.Definition.Settings);
        Assert.True(Gap(fair) <= 0.75 * Gap(medl) && Gap(fair) <= 0.75 * Gap(nnet), $"{Gap(fair)}, MEDL {Gap(medl)}, NNet {Gap(nnet)}");
        Assert.True(Error(fair) <= 1.05 * Error(nnet) && Error(fair) <= 1.05 * Error(medl), $"{Error(fair)}");

        SplitAudit Audit(string model) => results.Find(model, StudyResults.MainHead(model, Split.Seen), Split.Seen)!.Audit;
        double Gap(SplitAudit audit) => audit.Attributes.Single(a => a.Attribute == "sex").DemographicParity.Value!.Value;
        double Error(SplitAudit audit) => audit.MeanSquaredError.Value!.Value;
    }
}
