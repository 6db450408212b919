namespace Daypass.Architecture.Tests.AttackLists;

/// <summary>Sessions by certificate (Roles Anywhere): the fact sheet's 1.4, and what was added to it.</summary>
internal static class Certificates
{
    public static readonly Attack[] All =
    [
        new("X1", "expired, or not valid yet", "BrokenCertificates \"expired\"", "BrokenCertificates \"not yet valid\""),
        new("X2", "made for something else: servers, encrypting", "BrokenCertificates \"for servers only\"", "BrokenCertificates \"an authority for servers only\"", "BrokenCertificates \"no digitalSignature\"", "BrokenCertificates \"no key usage\""),
        new("X3", "issued by what is no authority, or too far below one", "BrokenCertificates \"issued by what is no authority\"", "BrokenCertificates \"an authority too far down\""),
        new("X4", "a name outside those of its authority", "BrokenCertificates \"a name outside the authority's\""),
        new("X5", "an authority that looks the same", "BrokenCertificates \"an authority that looks the same\"", "BrokenCertificates \"an authority that looks the same, in the chain\"", "BrokenCertificates \"signed by itself, with the authority's name\""),
        new("X6", "an authority's certificate as somebody's", "BrokenCertificates \"the authority itself\"", "BrokenCertificates \"of an authority below it\""),
        new("X7", "revoked, itself or an authority on the way", "RevokedCertificates.A_revoked_certificate_gets_nothing_and_the_trail_says_whose_it_was", "RevokedCertificates.An_authority_on_the_path_may_be_revoked"),
        new("X8", "a list of revoked ones that is old, forged, changed or another's", "RevokedCertificates.A_list_that_has_expired_lets_nobody_in", "RevokedCertificates.A_list_that_nobody_can_rely_on_is_not_taken", "RevokedCertificates \"of an authority with the same name\"", "RevokedCertificates \"changed\""),
        new("X9", "SHA-1, RSA of 1024 bits, curves that are not taken", "BrokenCertificates \"SHA-1\"", "BrokenCertificates \"RSA of 1024 bits\"", "BrokenCertificates \"an authority with RSA of 1024 bits\"", "BrokenCertificates \"the curve of coins\""),
        new("X10", "two common names, one with a NUL in it, one that nobody can be called", "BrokenCertificates \"two common names\"", "BrokenCertificates \"a common name that ends in the middle\"", "BrokenCertificates \"a common name that nobody can be called\""),
        new("X11", "an extension that must be understood and is not", "BrokenCertificates \"an unknown critical extension\""),
        new("X12", "chains without end, and huge ones", "BrokenCertificates \"a chain of 50\"", "BrokenCertificates \"a chain with one twice\"", "BrokenCertificates \"a huge certificate\""),
        new("X13", "what is no certificate, or has something behind it", "BrokenCertificates \"a certificate that is none\"", "BrokenCertificates \"something behind the certificate\"", "BrokenCertificates \"a certificate as PEM\"", "BrokenCertificates \"two certificates\""),
        new("X14", "somebody else's certificate, and no key of it", "BrokenCertificates \"the certificate of another\"", "BrokenCertificates \"signed by another key\"", "BrokenCertificates \"the serial number of another\""),
        new("X15", "a certificate or chain that is not signed with the request", "BrokenCertificates \"a certificate that is not signed\"", "BrokenCertificates \"a chain that is not signed\""),
        new("X16", "another algorithm than the key's, or that of access keys", "BrokenCertificates \"the other algorithm\"", "BrokenCertificates \"the algorithm of access keys\""),
        new("X17", "the request again, later, elsewhere, or with another body", "BrokenCertificates \"shown again after five minutes\"", "BrokenCertificates \"signed for later\"", "BrokenCertificates \"signed for another service\"", "BrokenCertificates \"another body than was signed\""),
        new("X18", "anchors, profiles and roles of others", "BrokenCertificates \"an anchor of another region\"", "BrokenCertificates \"a profile of another account\"", "BrokenCertificates \"a role of another account\"", "BrokenCertificates \"a role that the profile does not have\""),
        new("X19", "a session that outlives its certificate, or is longer than anybody allowed", "SessionByCertificate.It_ends_with_the_certificate", "SessionByCertificate.It_lasts_no_longer_than_the_request_the_profile_and_the_role_say"),
        new("X20", "a name of one's own choice in the trail", "BrokenCertificates \"a session name that nobody asked for\"", "SessionByCertificate.The_trail_names_the_certificate_and_later_calls_its_holder"),
        new("X21", "making a profile of a role that one may not pass", "AnywhereResources.Whoever_puts_a_role_into_a_profile_must_be_allowed_to_pass_it"),
        new("X22", "trying without end", "CertificateAttacks.A_source_that_is_refused_again_and_again_is_turned_away_however_good_its_certificate_is"),
    ];
}
