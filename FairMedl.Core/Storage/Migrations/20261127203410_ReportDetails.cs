using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FairMedl.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ReportDetails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ReportDetails",
                table: "Studies",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ReportDetails",
                table: "Studies");
        }
    }
}
