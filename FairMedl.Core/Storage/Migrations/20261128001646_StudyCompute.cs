using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FairMedl.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class StudyCompute : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ComputeDevice",
                table: "Studies",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ComputeEngine",
                table: "Studies",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ComputeDevice",
                table: "Studies");

            migrationBuilder.DropColumn(
                name: "ComputeEngine",
                table: "Studies");
        }
    }
}
