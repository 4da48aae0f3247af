using FairMedl.Web.Hosting;

// appsettings.json is copied beside the program, so that is where the content root is, wherever it is started from.
WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

// In a build's output the web root is spread over the project and its packages; published, it is a folder.
builder.WebHost.UseStaticWebAssets();
builder.Services.AddFairMedlPages();

WebApplication app = builder.Build();
app.MapFairMedlPages();
await app.RunAsync();
