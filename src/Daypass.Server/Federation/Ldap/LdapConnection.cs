using System.Buffers.Binary;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Ldap;

namespace Daypass.Server.Federation.Ldap;

/// <summary>
/// LDAP version 3 (RFC 4511) as far as signing in needs it: bind, search, StartTLS, unbind, one at a time. What a server sends is bounded in size and
/// number, and whatever is not an answer to the question asked ends the conversation.
/// </summary>
internal sealed class LdapConnection(Stream stream) : ILdapConnection
{
    private const int MaxMessage = 256 * 1024;

    // Entries, references and what else comes before a search is done.
    private const int MaxMessages = 4096;

    // All of them together: a thousand groups take a fifth of it.
    private const int MaxFound = 1024 * 1024;
    private int _id;

    public string? Refusal { get; private set; }

    public async Task<bool> BindAsync(string dn, string password, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(dn);
        ArgumentException.ThrowIfNullOrEmpty(password);
        await SendAsync(stream, LdapMessages.Bind(++_id, dn, password), cancellationToken);
        var answer = await ReceiveAsync(stream, _id, cancellationToken);
        var result = LdapMessages.ReadResult(answer, LdapOperation.BindResponse);
        Refusal = result.Code == LdapResultCode.Success ? null : LdapRefusals.Of((int)result.Code, result.Diagnostic);
        return result.Code switch
        {
            LdapResultCode.Success => true,
            LdapResultCode.Busy or LdapResultCode.Unavailable => throw Unable("a bind", result),
            _ => false,
        };
    }

    public async Task<LdapFound> SearchAsync(LdapSearch search, CancellationToken cancellationToken)
    {
        await SendAsync(stream, LdapMessages.Search(++_id, search), cancellationToken);
        var entries = new List<LdapEntry>();
        var bytes = 0;
        for (var count = 0; count < MaxMessages && bytes < MaxFound; count++)
        {
            var answer = await ReceiveAsync(stream, _id, cancellationToken);
            bytes += answer.Content.Length;
            switch (answer.Operation)
            {
                case LdapOperation.SearchResultEntry:
                    entries.Add(LdapMessages.ReadEntry(answer, search.Attribute));
                    break;
                // Somewhere else there may be more. Nobody goes there with a password.
                case LdapOperation.SearchResultReference or LdapOperation.IntermediateResponse:
                    break;
                default:
                    return Done(search, entries, LdapMessages.ReadResult(answer, LdapOperation.SearchResultDone));
            }
        }
        throw new FetchException(FetchFault.Unusable, "it answers a search without end");
    }

    /// <summary>Asks for TLS on a connection where nothing has been said yet.</summary>
    /// <exception cref="FetchException">The server will not have it.</exception>
    public static async Task StartTlsAsync(Stream stream, CancellationToken cancellationToken)
    {
        await SendAsync(stream, LdapMessages.StartTls(1), cancellationToken);
        // Read to its last byte and not one further: what an attacker slips in behind it must not be taken for said under TLS.
        var result = LdapMessages.ReadResult(await ReceiveAsync(stream, 1, cancellationToken), LdapOperation.ExtendedResponse);
        if (result.Code != LdapResultCode.Success)
            throw Unable("StartTLS", result);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            await SendAsync(stream, LdapMessages.Unbind(++_id), patience.Token);
        }
        catch (Exception failure) when (failure is FetchException or OperationCanceledException or ObjectDisposedException)
        {
            // A good-bye, no more.
        }
        await stream.DisposeAsync();
    }

    // One more than was asked for is never sent by a server that keeps to the limit; of one that does not, it is not believed that these are all.
    private static LdapFound Done(LdapSearch search, List<LdapEntry> entries, LdapResult result) => result.Code switch
    {
        LdapResultCode.Success => new LdapFound([.. entries.Take(search.Most)], entries.Count > search.Most),
        LdapResultCode.SizeLimitExceeded => new LdapFound([.. entries.Take(search.Most)], true),
        _ => throw Unable($"the search below {search.Base}", result),
    };

    private static FetchException Unable(string what, LdapResult result) => new(FetchFault.Unusable, $"{what} ended with the result {(int)result.Code} ({result.Code}) {result.Diagnostic}");

    private static async Task SendAsync(Stream stream, byte[] message, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(message, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
        catch (IOException failure)
        {
            throw new FetchException(FetchFault.Unreachable, $"the connection broke: {failure.Message}");
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(message);
        }
    }

    private static async Task<LdapMessage> ReceiveAsync(Stream stream, int id, CancellationToken cancellationToken)
    {
        try
        {
            var message = LdapMessages.Read(await ReadAsync(stream, cancellationToken));
            return message.Id == id ? message : throw new FetchException(FetchFault.Unusable, "it answered what was not asked");
        }
        catch (IOException failure)
        {
            throw new FetchException(FetchFault.Unreachable, $"the connection broke: {failure.Message}");
        }
    }

    // A sequence in BER: its tag, its length in one of the definite forms, and so many bytes.
    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[6];
        await stream.ReadExactlyAsync(head.AsMemory(0, 2), cancellationToken);
        var more = head[1] < 0x80 ? 0 : head[1] & 0x7F;
        if (head[0] != 0x30 || head[1] == 0x80 || more > 4)
            throw new FetchException(FetchFault.Unusable, "it did not answer in LDAP");
        await stream.ReadExactlyAsync(head.AsMemory(2, more), cancellationToken);
        var length = LengthOf(head, more);
        if (length > MaxMessage)
            throw new FetchException(FetchFault.Unusable, $"it answered with more than {MaxMessage} bytes");
        var message = new byte[2 + more + length];
        head.AsSpan(0, 2 + more).CopyTo(message);
        await stream.ReadExactlyAsync(message.AsMemory(2 + more), cancellationToken);
        return message;
    }

    private static long LengthOf(byte[] head, int more)
    {
        if (more == 0)
            return head[1];
        Span<byte> number = stackalloc byte[8];
        number.Clear();
        head.AsSpan(2, more).CopyTo(number[(8 - more)..]);
        return BinaryPrimitives.ReadInt64BigEndian(number);
    }
}
