# shellcheck shell=bash
# Keys and certificates of one control plane, in $run/pki. Elliptic curves, because
# six RSA keys would take seconds; 30 days, because nothing here lives longer.

pki=$run/pki

# new_ca NAME: a self-signed authority in $pki/NAME.{crt,key}
new_ca() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 30 -subj "/CN=$1" \
    -addext keyUsage=critical,keyCertSign,cRLSign,digitalSignature \
    -keyout "$pki/$1.key" -out "$pki/$1.crt" 2>/dev/null
}

# new_cert NAME CA SUBJECT USAGE [SAN]: a certificate from that authority
new_cert() {
  local ext=$pki/$1.ext
  {
    echo "keyUsage=critical,digitalSignature"
    echo "extendedKeyUsage=$4"
    [[ -z ${5:-} ]] || echo "subjectAltName=$5"
  } >"$ext"
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -subj "$3" \
    -keyout "$pki/$1.key" -out "$pki/$1.csr" 2>/dev/null
  openssl x509 -req -sha256 -days 30 -in "$pki/$1.csr" -extfile "$ext" \
    -CA "$pki/$2.crt" -CAkey "$pki/$2.key" -set_serial "0x$(openssl rand -hex 8)" \
    -out "$pki/$1.crt" 2>/dev/null
}

# new_token_keys: what service account tokens are signed with
new_token_keys() {
  openssl genrsa -out "$pki/sa.key" 2048 2>/dev/null
  openssl rsa -in "$pki/sa.key" -pubout -out "$pki/sa.pub" 2>/dev/null
}

# write_kubeconfig FILE NAME PORT: a self-contained kubeconfig with that
# certificate for the server on that port
write_kubeconfig() {
  cat >"$1" <<YAML
apiVersion: v1
kind: Config
clusters:
- name: local
  cluster:
    server: https://127.0.0.1:$3
    certificate-authority-data: $(base64 -w0 "$pki/ca.crt")
users:
- name: $2
  user:
    client-certificate-data: $(base64 -w0 "$pki/$2.crt")
    client-key-data: $(base64 -w0 "$pki/$2.key")
contexts:
- name: local
  context: {cluster: local, user: $2}
current-context: local
YAML
}
