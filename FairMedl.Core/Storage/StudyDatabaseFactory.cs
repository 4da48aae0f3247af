using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FairMedl.Core.Storage;

/// <summary>Creates the context for <c>dotnet ef</c>, which compares the model with the migrations without opening a database.</summary>
public sealed class StudyDatabaseFactory : IDesignTimeDbContextFactory<StudyDatabase>
{
    /// <summary>A context over a database file in the system's temporary folder.</summary>
    public StudyDatabase CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<StudyDatabase>();
        options.UseStudyDatabase(new StorageFolder(Path.Combine(Path.GetTempPath(), "fairmedl-design")));
        return new StudyDatabase(options.Options);
    }
}
