namespace FairMedl.Web.Results;

/// <summary>
/// Answers one question at a time, and of those that come meanwhile only the last: a slider asks faster than a study can
/// be counted. Used from one thread of control, such as a page's.
/// </summary>
/// <param name="answer">Takes a question and does what it asks.</param>
public sealed class LatestRequestQueue<T>(Func<T, Task> answer) where T : class
{
    private T? waiting;
    private Task under = Task.CompletedTask;

    /// <summary>Whether an answer is still awaited.</summary>
    public bool IsAwaited => !under.IsCompleted;

    /// <summary>Asks; done when the question that was asked last is answered.</summary>
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
