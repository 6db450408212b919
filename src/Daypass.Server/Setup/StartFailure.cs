using System.Net.Sockets;
using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;
using Microsoft.AspNetCore.Connections;

namespace Daypass.Server.Setup;

/// <summary>Says in one sentence why the server did not start; null for what is a fault of ours and must be seen whole.</summary>
internal static class StartFailure
{
    public static string? Explain(Exception failure) => failure switch
    {
        StartException or StoreUnavailableException or JournalUnavailableException or BackupException => failure.Message,
        IOException { InnerException: AddressInUseException } => $"{failure.Message.TrimEnd('.')}: another program listens there. Choose another with --urls.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "The port may not be used without more rights; choose one above 1023 with --urls.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "The address does not belong to this machine; choose another with --urls.",
        UnauthorizedAccessException => failure.Message,
        _ => null,
    };
}
