using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Daypass.Testing;

/// <summary>
/// A network link that tests can break: listens on a free loopback port and forwards to another. It can be cut, frozen, made to refuse, and
/// cut at an exact byte or between a request and its answer.
/// </summary>
public sealed class TcpLink : IAsyncDisposable
{
    private readonly int _target;
    private readonly Lock _lock = new();
    private readonly List<TcpLinkConnection> _connections = [];
    private TcpListener? _listener;
    private TaskCompletionSource _thawed = Completed();
    private Loss? _loss;
    private long _leftToServer = long.MaxValue;
    private long _leftToClient = long.MaxValue;
    private long _toServer;
    private long _toClient;
    private int _accepted;

    private TcpLink(int target) => _target = target;

    public int Port { get; private init; }

    /// <summary>Bytes that have gone through since the start.</summary>
    public long BytesToServer => Interlocked.Read(ref _toServer);

    public long BytesToClient => Interlocked.Read(ref _toClient);

    /// <summary>Connections accepted since the start.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public static TcpLink To(int port)
    {
        var link = new TcpLink(port) { Port = Ports.Take() };
        link.Accept();
        return link;
    }

    /// <summary>Ends all connections: clients are reset, the server sees an orderly end after what it was sent.</summary>
    public void Cut() => All().ForEach(connection => connection.Reset(strand: false));

    /// <summary>Resets the clients, while the server goes on believing that they are there.</summary>
    public void Strand() => All().ForEach(connection => connection.Reset(strand: true));

    /// <summary>Nothing moves any more, on old connections and new ones, and nobody is told.</summary>
    public void Freeze()
    {
        lock (_lock)
        {
            if (_thawed.Task.IsCompleted)
                _thawed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Thaw()
    {
        lock (_lock)
            _thawed.TrySetResult();
    }

    /// <summary>New connections are refused until <see cref="Accept"/>; the old ones stay.</summary>
    public void Refuse()
    {
        _listener?.Stop();
        _listener = null;
    }

    public void Accept()
    {
        if (_listener is not null)
            return;
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    /// <summary>Cuts all connections, once, after exactly so many more bytes have gone either way; the rest is lost.</summary>
    public void CutAfter(long toServer = long.MaxValue, long toClient = long.MaxValue)
    {
        lock (_lock)
            (_leftToServer, _leftToClient) = (toServer, toClient);
    }

    /// <summary>
    /// Once: forwards the next request that contains the text, and loses all that the server answers to it on that connection: when the
    /// answer comes the connection is cut, or with <paramref name="silently"/> stays open and dumb. The task ends when that has happened.
    /// </summary>
    public Task LoseAnswerTo(string text, bool silently = false)
    {
        lock (_lock)
            return (_loss = new Loss(Encoding.UTF8.GetBytes(text), silently)).Happened.Task;
    }

    public ValueTask DisposeAsync()
    {
        Refuse();
        Thaw();
        All().ForEach(connection => connection.Close());
        return ValueTask.CompletedTask;
    }

    internal Task Thawed
    {
        get
        {
            lock (_lock)
                return _thawed.Task;
        }
    }

    /// <summary>How many of the bytes may pass; fewer than there are means: cut afterwards.</summary>
    internal int Pass(TcpLinkConnection connection, bool toServer, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (!toServer && connection.Deaf is { } deaf)
            {
                deaf.Happened.TrySetResult();
                return deaf.Silently ? bytes.Length : 0;
            }
            if (toServer && _loss is { } loss && connection.Contains(bytes, loss.Text))
                (connection.Deaf, _loss) = (loss, null);
            ref var left = ref toServer ? ref _leftToServer : ref _leftToClient;
            var pass = (int)Math.Min(left, bytes.Length);
            if (pass < bytes.Length)
                (_leftToServer, _leftToClient) = (long.MaxValue, long.MaxValue);
            else if (left != long.MaxValue)
                left -= pass;
            Interlocked.Add(ref toServer ? ref _toServer : ref _toClient, pass);
            return pass;
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            TcpLinkConnection connection;
            try
            {
                connection = new TcpLinkConnection(this, await listener.AcceptSocketAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            Interlocked.Increment(ref _accepted);
            lock (_lock)
                _connections.Add(connection);
            _ = connection.RunAsync(_target);
        }
    }

    private List<TcpLinkConnection> All()
    {
        lock (_lock)
            return [.. _connections];
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    internal sealed record Loss(byte[] Text, bool Silently)
    {
        public TaskCompletionSource Happened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
