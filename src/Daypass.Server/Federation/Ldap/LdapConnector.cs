using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Ldap;

namespace Daypass.Server.Federation.Ldap;

/// <summary>
/// Speaks LDAP by itself and not by the system's library (docs/decisions/0040): that one resolves names again behind the back of whoever has checked the
/// address, keeps its authorities for the whole process, and holds a thread while a server keeps silent.
/// </summary>
internal sealed class LdapConnector(PublicSockets sockets) : ILdapConnector
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);

    public async Task<ILdapConnection> ConnectAsync(LdapServer server, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectPatience);
        Stream? stream = null;
        try
        {
            stream = await sockets.ConnectAsync(server.Url.Host, server.Url.Port, patience.Token);
            if (server.Encryption == LdapEncryption.StartTLS)
                await LdapConnection.StartTlsAsync(stream, patience.Token);
            if (server.Encryption != LdapEncryption.UnsafePlaintext)
                stream = await EncryptAsync(stream, server, patience.Token);
            var connection = new LdapConnection(stream);
            stream = null;
            return connection;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            throw new FetchException(FetchFault.Unreachable, $"{server.Url.Host}:{server.Url.Port} could not be reached: {failure.Message}");
        }
        catch (AuthenticationException failure)
        {
            throw new FetchException(FetchFault.Untrusted, $"the certificate of {server.Url.Host}:{server.Url.Port} is not trusted: {failure.Message}");
        }
        finally
        {
            if (stream is not null)
                await stream.DisposeAsync();
        }
    }

    private static async Task<SslStream> EncryptAsync(Stream stream, LdapServer server, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = server.Url.Host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) => TlsTrust.Accepts(server.Trust, certificate, chain, errors),
                    CertificateChainPolicy = TlsTrust.NewPolicy(),
                },
                cancellationToken);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }
}
