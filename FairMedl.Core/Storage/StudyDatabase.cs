using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace FairMedl.Core.Storage;

/// <summary>
/// The database of an installation: data sets, studies, fits, their results and their trained models. Contexts are short-lived:
/// one query or one change each.
/// </summary>
public sealed class StudyDatabase(DbContextOptions<StudyDatabase> options) : DbContext(options)
{
    /// <summary>Uploaded data sets.</summary>
    public DbSet<StoredDataset> Datasets => Set<StoredDataset>();

    /// <summary>Studies of all data sets.</summary>
    public DbSet<StoredStudy> Studies => Set<StoredStudy>();

    /// <summary>Fits of all studies.</summary>
    public DbSet<StoredFit> Fits => Set<StoredFit>();

    /// <summary>Results of finished fits.</summary>
    public DbSet<StoredFitResult> Results => Set<StoredFitResult>();

    /// <summary>Trained models of finished fits.</summary>
    public DbSet<StoredTrainedModel> TrainedModels => Set<StoredTrainedModel>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite has no time type, and EF cannot sort by its text form. Ticks in UTC can be sorted and compared.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<FitState>().HaveConversion<string>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StoredDataset>(e =>
        {
            e.ToTable("Datasets");
            e.HasIndex(d => d.Fingerprint);
        });
        modelBuilder.Entity<StoredStudy>(e =>
        {
            e.ToTable("Studies");
            e.Ignore(s => s.Compute);
            e.HasOne(s => s.Dataset).WithMany().HasForeignKey(s => s.DatasetId).OnDelete(DeleteBehavior.Restrict);
            e.HasMany(s => s.Fits).WithOne().HasForeignKey(f => f.StudyId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<StoredFit>(e =>
        {
            e.ToTable("Fits");
            e.Ignore(f => f.Key);
            e.Property(f => f.Seed).HasConversion(v => unchecked((long)v), v => unchecked((ulong)v));
            e.Property(f => f.State).IsConcurrencyToken();
            e.Property(f => f.Attempt).IsConcurrencyToken();
            e.HasIndex(f => new { f.StudyId, f.Position }).IsUnique();
            e.HasIndex(f => f.State);
        });
        modelBuilder.Entity<StoredFitResult>(e =>
        {
            e.ToTable("FitResults");
            e.HasKey(r => r.FitId);
            e.Property(r => r.FitId).ValueGeneratedNever();
            e.HasOne<StoredFit>().WithOne().HasForeignKey<StoredFitResult>(r => r.FitId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<StoredTrainedModel>(e =>
        {
            e.ToTable("TrainedModels");
            e.HasKey(m => m.FitId);
            e.Property(m => m.FitId).ValueGeneratedNever();
            e.HasOne<StoredFit>().WithOne().HasForeignKey<StoredTrainedModel>(m => m.FitId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(t => t.UtcTicks, t => new DateTimeOffset(t, TimeSpan.Zero));
}
