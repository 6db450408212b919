namespace Daypass.Service.Actions.Iam.Credentials;

/// <summary>Signing certificates of a user: none can be made here.</summary>
internal sealed class ListSigningCertificates() : EmptyList("Certificates");
