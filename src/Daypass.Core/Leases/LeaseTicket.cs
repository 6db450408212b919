namespace Daypass.Leases;

/// <summary>
/// With what a protected service reports what a lease's caller did (<see cref="Reports.ReportProtocol"/>). Only Daypass opens it: it says to
/// which service the lease went, whose it is, and for which time.
/// </summary>
/// <param name="Sealed">The ticket, to be sent back as it is.</param>
/// <param name="RenewAt">Policy time (Unix seconds) after which the service asks for the lease anew, whole.</param>
public sealed record LeaseTicket(byte[] Sealed, long RenewAt);
