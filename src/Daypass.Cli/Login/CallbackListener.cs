using System.Net;
using System.Net.Sockets;
using Daypass.Cli.Serving;

namespace Daypass.Cli.Login;

/// <summary>
/// Waits on this machine for the browser to come back (RFC 8252, section 7.3): one path, one visit that counts, then it closes. Any page and any user of the
/// machine can call it, so a visit counts only with the secret of this sign-in; all others are turned away and change nothing.
/// </summary>
internal sealed class CallbackListener : IAsyncDisposable
{
    private const int MostAtOnce = 16;
    private const int MostHead = 32_768;
    private static readonly TimeSpan HeadTime = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener;
    private readonly string _path;
    private readonly string _host;
    private readonly Func<Callback, bool> _isOurs;
    private readonly SemaphoreSlim _places = new(MostAtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Callback> _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;
    private int _taken;

    private CallbackListener(TcpListener listener, Uri address, Func<Callback, bool> isOurs)
    {
        (_listener, Address, _isOurs) = (listener, address, isOurs);
        (_path, _host) = (address.AbsolutePath, address.Authority);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <param name="redirect">Where to listen: http, this machine, and a port or none for any.</param>
    /// <param name="isOurs">Whether a visit is the one that is waited for.</param>
    /// <exception cref="CommandException">It is no such address, or the port is taken.</exception>
    public static CallbackListener Start(string redirect, Func<Callback, bool> isOurs)
    {
        if (!Uri.TryCreate(redirect, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp || address.Host is not ("127.0.0.1" or "localhost") || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            throw new CommandException("--redirect-uri is an address of this machine such as http://127.0.0.1/callback or http://localhost:8400/, as it is registered at the provider.");
        var listener = new TcpListener(IPAddress.Loopback, address.IsDefaultPort ? 0 : address.Port);
        try
        {
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new CommandException($"Port {address.Port} of 127.0.0.1 cannot be had: {exception.Message}");
        }
        return new CallbackListener(listener, new UriBuilder(address) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri, isOurs);
    }

    /// <summary>The visit that counts. From then on nobody is let in.</summary>
    /// <exception cref="CommandException">Nobody came in time.</exception>
    public async Task<Callback> WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await _came.Task.WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new CommandException($"Nobody signed in within {patience.TotalMinutes:0} minutes. Run it again.");
        }
        finally
        {
            await DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _places.WaitAsync(_stop.Token);
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                _places.Release();
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                limit.CancelAfter(HeadTime);
                var stream = client.GetStream();
                var (page, callback) = Answer(await RequestHead.ReadAsync(stream, MostHead, limit.Token));
                try
                {
                    limit.CancelAfter(HeadTime);
                    await stream.WriteAsync(page, limit.Token);
                    client.Client.Shutdown(SocketShutdown.Send);
                }
                finally
                {
                    // Only now: from here on everything is closed.
                    if (callback is not null)
                        _came.TrySetResult(callback);
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Whoever came has gone, or took too long.
            }
            finally
            {
                _places.Release();
            }
        }
    }

    private (byte[] Page, Callback? Callback) Answer(RequestHead? head)
    {
        // Under its own name only: a page that was led here by its own DNS would call it by another.
        if (head is null || head.Method != "GET" || head.HasBody || head.Header("Host") != _host)
            return (CallbackPage.Of(400), null);
        var mark = head.Target.IndexOf('?', StringComparison.Ordinal);
        if ((mark < 0 ? head.Target : head.Target[..mark]) != _path)
            return (CallbackPage.Of(404), null);
        if (Callback.TryParse(mark < 0 ? "" : head.Target[(mark + 1)..]) is not { } callback || !_isOurs(callback))
            return (CallbackPage.Of(403), null);
        return Interlocked.Exchange(ref _taken, 1) == 0 ? (CallbackPage.Of(200), callback) : (CallbackPage.Of(410), null);
    }
}
