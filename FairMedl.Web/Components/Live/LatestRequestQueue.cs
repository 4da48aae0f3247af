namespace FairMedl.Web.Components.Live;

/// <summary>
/// Handles one request at a time, and of those that come meanwhile only the last: a slider moves faster than results can be
/// recomputed. Use it from one thread of control, such as a page's.
/// </summary>
/// <param name="answer">Handles a request.</param>
public sealed class LatestRequestQueue<T>(Func<T, Task> answer) where T : class
{
    private T? waiting;
    private Task under = Task.CompletedTask;

    /// <summary>Whether a request is still being handled.</summary>
    public bool IsAwaited => !under.IsCompleted;

    /// <summary>Adds a request; completes when the last request is handled.</summary>
    public Task AskAsync(T question)
    {
        waiting = question;
        if (under.IsCompleted) under = AnswerAsync();
        return under;
    }

    private async Task AnswerAsync()
    {
        while (waiting is { } question)
        {
            waiting = null;
            await answer(question);
        }
    }
}
