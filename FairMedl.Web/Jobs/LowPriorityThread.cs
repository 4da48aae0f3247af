namespace FairMedl.Web.Jobs;

/// <summary>
/// A thread of low priority for one long computation, so that the thread pool stays free for pages. Linux ignores thread
/// priorities, but its scheduler prefers threads that mostly wait, as those of pages do.
/// </summary>
public static class LowPriorityThread
{
    /// <summary>Runs the work and returns its result or its exception.</summary>
    public static Task<T> RunAsync<T>(string name, Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = name, Priority = ThreadPriority.BelowNormal };
        thread.Start();
        return done.Task;
    }
}
