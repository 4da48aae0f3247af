using FairMedl.Web.Jobs;

namespace FairMedl.Web.Hosting;

/// <summary>Middleware that sets <see cref="FirstResponse"/>.</summary>
public static class FirstResponseMiddleware
{
    /// <summary>Adds the middleware, which must come first in the pipeline.</summary>
    public static IApplicationBuilder UseFirstResponse(this IApplicationBuilder app)
    {
        FirstResponse first = app.ApplicationServices.GetRequiredService<FirstResponse>();
        return app.Use((context, next) =>
        {
            if (!first.IsGiven)
            {
                context.Response.OnCompleted(() =>
                {
                    first.Give();
                    return Task.CompletedTask;
                });
            }

            return next(context);
        });
    }
}
