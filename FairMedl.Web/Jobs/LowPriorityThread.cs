namespace FairMedl.Web.Jobs;

/// <summary>
/// A thread for one piece of long work, below the pages where the system has priorities of threads (Linux ignores them;
/// its scheduler prefers threads that mostly wait, which a page's are). The pool's threads stay free for pages.
/// </summary>
public static class LowPriorityThread
{
    /// <summary>Runs the work and gives its result or its exception.</summary>
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
