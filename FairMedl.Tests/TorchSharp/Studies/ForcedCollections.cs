namespace FairMedl.Tests.Studies;

/// <summary>Collects garbage on a thread of its own, again and again, until it is disposed.</summary>
internal sealed class ForcedCollections : IDisposable
{
    private readonly Thread thread;
    private volatile bool stopped;

    public ForcedCollections()
    {
        thread = new Thread(() =>
        {
            for (; !stopped; Count++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        })
        { IsBackground = true };
        thread.Start();
    }

    /// <summary>Collections so far.</summary>
    public int Count { get; private set; }

    public void Dispose()
    {
        stopped = true;
        thread.Join();
    }
}
