namespace Daypass.Service.Actions.Iam.Credentials;

/// <summary>SSH public keys of a user: none can be made here.</summary>
internal sealed class ListSSHPublicKeys() : EmptyList("SSHPublicKeys");
