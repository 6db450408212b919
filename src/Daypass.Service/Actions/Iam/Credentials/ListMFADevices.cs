namespace Daypass.Service.Actions.Iam.Credentials;

/// <summary>MFA devices of a user: none can be made here.</summary>
internal sealed class ListMFADevices() : EmptyList("MFADevices");
