using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FairMedl.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class StudyPriority : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Priority",
                table: "Studies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Priority",
                table: "Studies");
        }
    }
}
