//! The words that names are judged by, in lower case and without breaks: `PassWord`, `pass_word` and `password` are one name.

/// Words, separated by spaces.
pub(super) struct Words(&'static str);

impl Words {
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.0.split_ascii_whitespace()
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.iter().any(|known| known == word)
    }
}

/// What makes a name secret wherever it stands in it, unless what follows says that it is something about the secret.
pub(super) const CORES: Words = Words(
    "accesssecret authcode authenticationcode authorizationcode captcha cookie credential kubeconfig passcode \
    passphrase passw paswd pasword plaintext privatekey privkey pswd pwd secrect secret token verificationcode \
    verifycode",
);

/// What makes a name secret at its end, or before words that only say in what form it comes.
pub(super) const ENDS: Words = Words(
    "accesskey accountkey activationcode activationkey adminkey aeskey apikey appcode applicationcode assertion \
    authdata authentication authheader authinfo authkey authorization authstring backupcode callbackkey \
    certificatekey certkey cipherkey clientkey cryptokey datakey decryptionkey decryptkey deploykey dingrobot \
    dockerconfig encryptionkey encryptkey hmackey jwt keymaterial keystore keytab licensekey loginurl masterkey \
    mfacode otpcode pfx pincode presharekey psk pushkey recoverycode robotaddr robotaddress roboturl rootkey \
    rsakey safecode samlresponse securitycode serverkey sessionkey sharedkey signature signaturekey signingkey \
    signinurl signkey smscode sshkey sslkey sslpri streamkey stringseed subscriptionkey symmetrickey ticket \
    tlskey userdata vncurl webhook websocketurl",
);

/// Names that are secret as a whole, too short to be looked for in others.
pub(super) const WHOLE: Words = Words("aksk cvv dbpass otp pass pin rootpass sk totp userpass");

/// Ends of names that say something about a secret, not the secret.
pub(super) const ABOUT: Words = Words(
    "access account alg algorithm amount arn attempts bucket category changed class commands comment \
    complexity consumption cost count creator date day days deleted desc description disabled domain enable \
    enabled endpoint errorcode expiration expirationtime expire expired expirein expires expiresin expiry field \
    fields fingerprint format free group groups history host hours id ids inherit interval issuer kind label \
    lastused length level limit location manager message method minutes mode msg name names num order owner \
    path period policies policy port ports position preference prefix prevention price provider quota rate \
    reason ref reference refs region remark required reset result retry role rotation rule rules samesite scope \
    seconds service size source spec speed state status statuscode strategy strength suffix supported tag tags \
    template time timeout times ttl type types uri url usage used user username users uuid valid validity \
    version versions versionstage visible",
);

/// Words after a secret that only say in what form it comes: `PrivateKeyBody`, `SecretDataBase64`.
pub(super) const FORMS: Words = Words(
    "again array base64 base blob body confirmation confirm contents content data details detail encrypted file \
    hash header info json keys key list map md5 new old pem plain raw repeat set string str text url values \
    value",
);

/// Starts of names of switches and counts: `EnableAuthToken`, `MaxPasswordAge`.
pub(super) const SWITCHES: Words = Words(
    "allow auto can disable enable force has ignore is max maximum min minimum need needs num require should \
    skip support use whether with without",
);

/// What stands before the tokens that page through a list, or make a call repeatable.
pub(super) const OPEN_TOKENS: Words = Words(
    "continuation continue cursor dedup deduplication idempotence idempotency idempotent marker next page \
    pagination paging prev previous resume scroll",
);

/// What stands before the tokens that a language model counts. `HttpTokens` is a switch of ECS.
pub(super) const COUNTED_TOKENS: Words = Words(
    "audio cached completion consumed context generated http image input limit max min num output prompt \
    reasoning remaining text thinking total usage used video",
);

/// Names of answer fields that never are what an operation hands out, besides those that end in [`ABOUT`].
pub(super) const ENVELOPE: Words = Words(
    "audience cert certificate ciphertext ciphertextblob code createdby errcode errmessage error errordata \
    errormsg httpstatus httpstatuscode identity message number pagenumber pagesize product publickey recipient \
    requestid serialnumber sourceidentity subject success timestamp total traceid verificationinfo zone",
);

/// Names that say nothing of what they hold: of an object that is a secret they are the secret.
pub(super) const GENERIC: Words = Words(
    "base64 blob body config content contents data key plain raw str string text value values",
);

/// Verbs of operations that hand out what they are named after.
pub(super) const HANDING_OUT: Words = Words(
    "acquire add apply assume build create decrypt download exchange export fetch generate get grant init issue \
    login make new obtain read refresh regenerate register renew request reset retrieve reveal rotate show \
    unwrap",
);

/// What operations hand out a secret with, besides what is secret by its own name.
pub(super) const SECRETS_OF_OPERATIONS: Words = Words("attachscript keypair mfadevice vncurl");

/// Where the noun of an operation ends: `GetTokenByCode`.
pub(super) const JOINTS: Words = Words("and by for from in of on to via with without");

/// Verbs of operations that tell of what they are named after.
pub(super) const LOOKING: Words = Words("describe find inspect list query search view");
