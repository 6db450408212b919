namespace Daypass.Service.Actions.Iam.Credentials;

/// <summary>Credentials for single services of a user: none can be made here.</summary>
internal sealed class ListServiceSpecificCredentials() : EmptyList("ServiceSpecificCredentials");
