using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Daypass.Cli.Serving;

/// <summary>
/// The endpoint that clients ask as they ask that of a container (<c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c>): one path, one method, one secret.
/// It listens on 127.0.0.1, which every user of the machine and every page in a browser can reach; so it answers only who has the secret,
/// and only under its own name, as a page that was led here by its own DNS would call it by another.
/// </summary>
internal sealed class CredentialEndpoint : IAsyncDisposable
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan HeadTime = TimeSpan.FromSeconds(5);

    private readonly TcpListener _listener;
    private readonly RenewingSession _session;
    private readonly byte[] _secret;
    private readonly SemaphoreSlim _places = new(MostAtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private CredentialEndpoint(TcpListener listener, RenewingSession session)
    {
        (_listener, _session) = (listener, session);
        Secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _secret = Encoding.ASCII.GetBytes(Secret);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}/";

    /// <summary>What the header Authorization must be.</summary>
    public string Secret { get; }

    /// <param name="port">0 takes a free one.</param>
    /// <exception cref="CommandException">The port is taken.</exception>
    public static CredentialEndpoint Start(RenewingSession session, int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new CommandException($"Port {port} of 127.0.0.1 cannot be had: {exception.Message}");
        }
        return new CredentialEndpoint(listener, session);
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
            catch (SocketException)
            {
                // Who called has gone already, or there are no more sockets for the moment.
                _places.Release();
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
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
                var head = await RequestHead.ReadAsync(stream, limit.Token);
                var reply = await AnswerAsync(head, _stop.Token);
                limit.CancelAfter(HeadTime);
                await stream.WriteAsync(reply.ToBytes(), limit.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Whoever asked has gone, or took too long.
            }
            finally
            {
                _places.Release();
            }
        }
    }

    private async Task<EndpointReply> AnswerAsync(RequestHead? head, CancellationToken cancellationToken)
    {
        if (Refuse(head) is { } refusal)
            return refusal;
        try
        {
            return EndpointReply.Of((await _session.GetAsync(cancellationToken)).ToContainerAnswer());
        }
        catch (CommandException failure)
        {
            return EndpointReply.Refusal(failure);
        }
    }

    private EndpointReply? Refuse(RequestHead? head)
    {
        if (head is null)
            return EndpointReply.Refusal(HttpStatusCode.BadRequest, "BadRequest", $"The request is not HTTP/1.1, or its head is longer than {RequestHead.MostBytes} bytes.");
        if (head.Header("Host") is not { } host || (host != $"127.0.0.1:{Port}" && host != $"localhost:{Port}"))
            return EndpointReply.Refusal(HttpStatusCode.Forbidden, "AccessDenied", "This endpoint answers only when it is called by its own address.");
        if (head.Method != "GET" || head.HasBody)
            return EndpointReply.Refusal(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed", "Only GET, without a body.");
        if (head.Target != "/")
            return EndpointReply.Refusal(HttpStatusCode.NotFound, "NotFound", "Only the path / is here.");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.Latin1.GetBytes(head.Header("Authorization") ?? ""), _secret))
            return EndpointReply.Refusal(HttpStatusCode.Unauthorized, "AccessDenied", "The header Authorization must be the value of AWS_CONTAINER_AUTHORIZATION_TOKEN.");
        return null;
    }
}
